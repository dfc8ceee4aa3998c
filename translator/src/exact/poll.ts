import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { unlessAborted } from '../abort.ts';
import { isQueueGone } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import { randomName } from '../name.ts';
import type { Core } from './core.ts';

/**
 * The longest long poll, and the largest batch.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
const waitSeconds = 20;
const batchMax = 10;

/** After a poll that failed in spite of its retries. */
const pauseMs = 1_000;

const deletionsMax = 8;

/**
 * Between two receives, where the first was not full: what is sent one after another comes together, and a receive and a
 * delete do for up to ten messages. Less than the two take on AWS.
 */
const gatherMs = 10;

export interface Poll {
  readonly queueUrl: string;
  /** FIFO queues repeat a receive whose answer was lost. */
  readonly fifo: boolean;
  /** Ends the loop; a receive under way is given up. */
  readonly signal: AbortSignal;
  /** Before each receive: how many messages may come now, 0 to end. */
  readonly ready: () => Promise<number>;
  /** Resolves to those that are done with and can be deleted. */
  readonly onBatch: (messages: readonly Message[]) => Promise<readonly Message[]>;
}

/**
 * Receives until the signal is aborted or `ready` says 0, and resolves once what is done with is deleted. A receive does not
 * wait for a deletion that takes long: only the publisher's own later messages do, in the queue. Errors are told and survived.
 *
 * @throws where the queue is gone, and what `ready` throws.
 */
export async function pollQueue(core: Core, poll: Poll): Promise<void> {
  const deletions = new Set<Promise<void>>();
  try {
    await receiveAll(core, poll, (messages) => {
      const deletion = deleteMessages(core, poll.queueUrl, messages)
        .catch(core.onError)
        .finally(() => deletions.delete(deletion));
      deletions.add(deletion);
    });
  } finally {
    await Promise.all(deletions);
  }
}

async function receiveAll(core: Core, poll: Poll, onDone: (messages: readonly Message[]) => void): Promise<void> {
  while (!poll.signal.aborted) {
    const wanted = await poll.ready();
    if (wanted === 0 || poll.signal.aborted) return;
    try {
      const messages = await receive(core, poll, wanted);
      if (messages.length === 0) continue;
      onDone(await poll.onBatch(messages));
      if (messages.length < batchMax) await sleep(core.clock, gatherMs, { signal: poll.signal });
    } catch (error) {
      if (isAborted(poll.signal, core.signal)) return;
      if (isQueueGone(error)) throw error;
      core.onError(error);
      await sleep(core.clock, pauseMs, { signal: core.signal });
    }
  }
}

async function receive(core: Core, { queueUrl, fifo, signal }: Poll, wanted: number): Promise<readonly Message[]> {
  const client = core.clients.polling ?? core.clients.sqs;
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(batchMax, wanted),
    WaitTimeSeconds: waitSeconds,
    ...(fifo && { ReceiveRequestAttemptId: randomName(core.random, 32) }),
  });
  const answer = await core.retryPoll(() => {
    signal.throwIfAborted();
    return unlessAborted(client.send(command, { abortSignal: signal }), signal);
  });
  return answer.Messages ?? [];
}

/** Deletes the messages, again those whose deletion failed. What cannot be deleted comes again and is dropped then. */
async function deleteMessages(core: Core, queueUrl: string, messages: readonly Message[]): Promise<void> {
  let handles = messages.flatMap(({ ReceiptHandle }) => ReceiptHandle ?? []);
  for (let attempt = 0; attempt < deletionsMax && handles.length > 0; attempt += 1) {
    const left = handles;
    const command = new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: left.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })),
    });
    const { Failed } = await core.hedge(() =>
      core.retry(() => core.clients.sqs.send(command, { abortSignal: core.signal })),
    );
    handles = (Failed ?? []).flatMap(({ Id, SenderFault }) => (SenderFault === true ? [] : (left[Number(Id)] ?? [])));
  }
}

function isAborted(...signals: readonly AbortSignal[]): boolean {
  return signals.some((signal) => signal.aborted);
}
