/** Whose fault an error is, as the query protocol spells it. */
export type Fault = 'Sender' | 'Receiver';

/**
 * An error as AWS answers it; the protocols turn it into their own wire form. Without a stack: it is an answer and no bug,
 * and taking one costs more than most calls.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** The code on the wire: `ResourceNotFoundException`, `AWS.SimpleQueueService.NonExistentQueue`, … */
  readonly code: string;
  readonly status: number;
  readonly fault: Fault;
  /** Members of the error's shape beside the message. */
  readonly members: Readonly<Record<string, unknown>>;
  /** What the message is called on the wire where that is not what the error's shape says. */
  readonly messageMember: string | undefined;

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & {
      readonly status?: number;
      readonly fault?: Fault;
      readonly members?: Readonly<Record<string, unknown>>;
      readonly messageMember?: string;
    } = {},
  ) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.status = options.status ?? 400;
    this.fault = options.fault ?? 'Sender';
    this.members = options.members ?? {};
    this.messageMember = options.messageMember;
  }
}

/** What `make` makes, but without a stack: where errors come by the thousand, taking one costs more than most calls. */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
