/** The code called `process.exit`. */
export class ExitSignal extends Error {
  override readonly name = 'ExitSignal';
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Code that could not be brought to the point of handling anything; `type` is Lambda's name for it. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }
}

/**
 * The document that stands for what a handler threw, as the Node.js runtime writes it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function describeError(error: unknown): string {
  if (error instanceof StartError) {
    return JSON.stringify({
      errorType: error.type,
      errorMessage: error.message,
      trace: [`${error.type}: ${error.message}`],
    });
  }
  if (!isErrorLike(error)) {
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  }
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: traceOf(error) });
}

/** What Invoke answers for code that ended its process: recorded. */
export function runtimeError({ code }: ExitSignal, requestId: string) {
  const reason =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
  const document = { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` };
  return { payload: JSON.stringify(document), failed: true };
}

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly stack?: unknown;
}

/** An error of another context is no `Error` of ours. */
function isErrorLike(value: unknown): value is ErrorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

/** The stack as far as it lies in the function's code. */
function traceOf({ stack, name, message }: ErrorLike): readonly string[] {
  if (typeof stack !== 'string') return [`${name}: ${message}`];
  const lines = stack.split('\n');
  return lines.filter((line) => !/^\s+at /.test(line) || line.includes('/var/task/'));
}
