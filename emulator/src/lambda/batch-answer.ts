import type { Execution } from './executor.ts';

/**
 * Which of a batch the function did not manage: none, some, or all of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, "Success and failure conditions"
 */
export function failedItems(
  execution: Execution,
  responseTypes: readonly string[],
  identifiers: ReadonlySet<string>,
): ReadonlySet<string> | 'all' {
  if (execution.functionError !== undefined) return 'all';
  if (!responseTypes.includes('ReportBatchItemFailures')) return new Set();
  const answer: unknown = JSON.parse(execution.payload);
  if (answer === null) return new Set();
  if (typeof answer !== 'object') return 'all';
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const failed = new Set<string>();
  for (const failure of failures) {
    const identifier = identifierOf(failure);
    if (identifier === undefined || !identifiers.has(identifier)) return 'all';
    failed.add(identifier);
  }
  return failed;
}

function identifierOf(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return undefined;
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : undefined;
}
