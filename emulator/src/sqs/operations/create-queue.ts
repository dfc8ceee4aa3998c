import { AwsError } from '../../errors.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidParameter, invalidValue } from '../errors.ts';
import type { CreateQueueInput, CreateQueueOutput } from '../generated/shapes.ts';
import { isPlainName } from '../plain-name.ts';
import { queueUrl } from '../queue-url.ts';
import { checkAttributes } from '../queue-attributes.ts';
import type { AttributeChanges } from '../queue-attributes.ts';
import { createQueue } from '../queue.ts';
import type { Queue, SqsState } from '../state.ts';

export default {
  caveat: 'where time is real, a retention below 60 seconds is taken too',
  handle: ({ QueueName, Attributes = {}, tags = {} }, { queues, deleted, made }, context) => {
    const { accountId, region, clock } = context.world;
    const isFifo = checkName(QueueName, Attributes);
    const arn = `arn:aws:sqs:${region}:${accountId}:${QueueName}`;
    const attributes = checkAttributes(Attributes, { isFifo, isNew: true, queueArn: arn, clock });
    const existing = queues.get(QueueName);
    if (existing !== undefined) refuseDifference(existing, attributes);
    else refuseRecentlyDeleted(deleted.get(QueueName), clock.epochMs());
    deleted.delete(QueueName);
    const generation = made.get(QueueName) ?? 0;
    const queue =
      existing ?? createQueue({ name: QueueName, arn, isFifo, generation }, attributes, tags, context.world);
    if (existing === undefined) made.set(QueueName, generation + 1);
    queues.set(QueueName, queue);
    return { QueueUrl: queueUrl(queue, context) };
  },
} satisfies Operation<CreateQueueInput, CreateQueueOutput, SqsState>;

const { queueNameLengthMax } = sqsQuotas;
const suffix = '.fifo';

/** Returns whether the queue is a FIFO queue. */
function checkName(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const isFifo = attributes['FifoQueue']?.toLowerCase() === 'true';
  if (
    isFifo &&
    !(name.endsWith(suffix) && isPlainName(name.slice(0, -suffix.length), queueNameLengthMax - suffix.length))
  ) {
    throw invalidParameter(
      `The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to ${queueNameLengthMax} in length.`,
    );
  }
  if (!isFifo && name.endsWith('.fifo')) {
    throw invalidValue('QueueName', name, 'The .fifo suffix is for FIFO queues, whose attribute FifoQueue is true.');
  }
  if (!isFifo && !isPlainName(name, queueNameLengthMax)) {
    throw invalidParameter(
      `Can only include alphanumeric characters, hyphens, or underscores. 1 to ${queueNameLengthMax} in length`,
    );
  }
  return isFifo;
}

function refuseRecentlyDeleted(deletedMs: number | undefined, nowMs: number): void {
  if (deletedMs === undefined || nowMs - deletedMs >= sqsQuotas.recreationMs) return;
  throw new AwsError(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  );
}

/** Creating a queue again is fine as long as it names no attribute with another value. */
function refuseDifference(queue: Queue, attributes: AttributeChanges): void {
  for (const [name, value] of attributes) {
    if ((queue.attributes.get(name) ?? '') !== value) {
      throw new AwsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
    }
  }
}
