import { AwsError } from '../errors.ts';
import { sqsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { queryErrorOf } from './errors.ts';
import type { BatchResultErrorEntry } from './generated/shapes.ts';
import { isPlainName } from './plain-name.ts';
import { nextCall } from './state.ts';
import type { Queue } from './state.ts';

/** An empty list is left out, as AWS leaves it out; its model calls both lists required. */
export interface BatchResult<Success> {
  readonly Successful?: readonly Success[];
  readonly Failed?: readonly BatchResultErrorEntry[];
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export function checkBatch<Entry extends { readonly Id: string }>(
  entries: readonly Entry[] | undefined,
  entryShape: string,
): readonly Entry[] {
  if (entries === undefined || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${entryShape} in the request.`);
  }
  if (entries.length > sqsQuotas.batchEntriesMax) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${sqsQuotas.batchEntriesMax}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!isPlainName(Id, sqsQuotas.batchEntryIdLengthMax)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        `A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most ${sqsQuotas.batchEntryIdLengthMax} letters long.`,
      );
    }
    if (ids.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  return entries;
}

/** Carries out each entry by itself; what one throws as AWS's error is its own failure. */
export function eachEntry<Entry extends { readonly Id: string }, Success>(
  queue: Queue,
  entries: readonly Entry[],
  world: World,
  act: (entry: Entry) => Success,
): BatchResult<Success> {
  const Successful: Success[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const ordinal = nextCall(queue, 'entry');
    try {
      if (world.choose('ADV-SQS-11', `${queue.key}/${ordinal}`, 2) === 1) {
        throw new AwsError('InternalError', 'Internal Error. Please try again.', { status: 500, fault: 'Receiver' });
      }
      Successful.push(act(entry));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message, fault } = queryErrorOf(error);
      Failed.push({ Id: entry.Id, SenderFault: fault === 'Sender', Code: code, Message: message });
    }
  }
  return { ...(Successful.length > 0 && { Successful }), ...(Failed.length > 0 && { Failed }) };
}
