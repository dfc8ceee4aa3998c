import { awsErrorOf } from '../call.ts';
import { MismatchError, mismatchMessage } from '../codecs/mismatch.ts';
import { AwsError, withoutStack } from '../errors.ts';
import { errorShapeOf, statusOf } from '../protocols/protocol.ts';
import type { LoadedService } from '../service.ts';

/** An error as an SDK v3 client throws it. */
export interface SdkError extends Error {
  /** Absent where no answer came. */
  readonly $fault?: 'client' | 'server';
  readonly $metadata: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts: number;
    readonly totalRetryDelay: number;
  };
  readonly code?: string;
}

export interface Attempt {
  readonly operation: string;
  readonly requestId: string;
  /** Attempts so far, this one included. */
  readonly count: number;
  readonly delayMs: number;
  /** Of a schedule among many: nobody reads its stack. */
  readonly isAdverse: boolean;
}

/** Turns what a call threw into what the SDK would have made of it. */
export function sdkErrorOf(service: LoadedService, thrown: unknown, attempt: Attempt): SdkError {
  const { operation, requestId, count, delayMs, isAdverse } = attempt;
  const errorOf = (message: string): Error => (isAdverse ? withoutStack(() => new Error(message)) : new Error(message));
  const $metadata = { attempts: count, totalRetryDelay: delayMs };
  if (thrown instanceof Error && thrown.name === 'AnswerLostError') {
    return Object.assign(asConnectionLost(errorOf(thrown.message)), { $metadata });
  }
  const error = thrown instanceof MismatchError ? mismatchOf(service, operation, thrown) : awsErrorOf(thrown);
  const status = statusOf(service, error);
  return Object.assign(errorOf(error.message === '' ? 'UnknownError' : error.message), {
    name: nameOf(service, error),
    $fault: status >= 500 ? ('server' as const) : ('client' as const),
    $metadata: { httpStatusCode: status, requestId, ...$metadata },
    ...queryMembers(service, error),
    ...(service.model.protocol === 'rest-json' && { Type: error.fault === 'Sender' ? 'User' : 'Service' }),
    ...error.members,
  });
}

/** As the SDK's handler for Node's `http` throws it when a connection is closed on it. */
export function asConnectionLost<E extends Error>(error: E): E & { readonly code: string } {
  return Object.assign(error, { name: 'TimeoutError', code: 'ECONNRESET' });
}

/** The shape's name where the error is modelled; else the code, for query services that of the query protocol. */
function nameOf(service: LoadedService, error: AwsError): string {
  const shape = errorShapeOf(service.model, error.code);
  return shape?.name ?? queryCodeOf(service, error) ?? error.code;
}

/** Query services, and those that once were, repeat their error in the query protocol's form. */
function queryMembers(service: LoadedService, error: AwsError): Readonly<Record<string, unknown>> {
  const Code = queryCodeOf(service, error);
  if (Code === undefined) return {};
  return { Code, Type: error.fault, Error: { Code, Type: error.fault, Message: error.message } };
}

function queryCodeOf({ definition, model }: LoadedService, error: AwsError): string | undefined {
  if (model.queryCompatible) return definition.queryError?.(error).code ?? error.code;
  if (model.protocol !== 'query') return undefined;
  return errorShapeOf(model, error.code)?.shape.error?.code ?? error.code;
}

function mismatchOf({ definition }: LoadedService, operation: string, error: MismatchError): AwsError {
  return (
    definition.mismatched?.(error.mismatch, operation) ??
    new AwsError('SerializationException', mismatchMessage(error.mismatch))
  );
}
