import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { isQueueGone } from '../aws-error.ts';
import type { Core } from './core.ts';

/** Core NATS keeps nothing; what is older than this waits for a receiver that died. */
const retentionSeconds = 3_600;

/**
 * A FIFO queue whose message groups do not wait for each other. Made twice with one set of attributes it is one queue.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
 */
export async function createFifoQueue(
  { clients, hedge, retry, signal, visibilitySeconds }: Core,
  QueueName: string,
  policy?: string,
): Promise<string> {
  const command = new CreateQueueCommand({
    QueueName,
    Attributes: {
      FifoQueue: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      MessageRetentionPeriod: String(retentionSeconds),
      VisibilityTimeout: String(visibilitySeconds),
      ...(policy !== undefined && { Policy: policy }),
    },
  });
  const { QueueUrl } = await hedge(() => retry(() => clients.sqs.send(command, { abortSignal: signal })));
  if (QueueUrl === undefined) throw new Error('CreateQueue answered without a URL');
  return QueueUrl;
}

/** Deletes the queue; it may be gone already. */
export async function deleteQueue({ clients, retry, signal }: Core, QueueUrl: string): Promise<void> {
  try {
    await retry(() => clients.sqs.send(new DeleteQueueCommand({ QueueUrl }), { abortSignal: signal }));
  } catch (error) {
    if (!isQueueGone(error)) throw error;
  }
}
