import type { CancellationReason } from '@aws-sdk/client-dynamodb';

/** Whether AWS answered with one of these errors. By name, because not every client throws the SDK's own classes. */
export function isAwsError(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** The queue is not there: as the SDK names it, and as it stands on the wire. */
export function isQueueGone(error: unknown): boolean {
  return isAwsError(error, 'QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue');
}

/** Whether the call may have had its effect although it failed: a fault of the service, or no answer at all. */
export function isIndefinite(error: unknown): boolean {
  const status = httpStatus(error);
  if (status !== undefined) return status >= 500;
  const code = property(error, 'code');
  return typeof code === 'string' && networkCodes.has(code);
}

/** What Node's sockets report when a connection ends before the answer is there. */
const networkCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** Why each item of a transaction was refused, `undefined` where the error is no cancelled transaction. */
export function cancellationReasons(error: unknown): readonly CancellationReason[] | undefined {
  if (!isAwsError(error, 'TransactionCanceledException')) return undefined;
  return hasReasons(error) ? error.CancellationReasons : [];
}

/** As the SDK's class of this error declares it. */
function hasReasons(error: unknown): error is { readonly CancellationReasons: readonly CancellationReason[] } {
  return Array.isArray(property(error, 'CancellationReasons'));
}

function httpStatus(error: unknown): number | undefined {
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
