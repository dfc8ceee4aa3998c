import { AwsError } from '../../errors.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import type { PurgeQueueInput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import { removeAll } from '../storage.ts';
import { nextCall } from '../state.ts';
import type { SqsState } from '../state.ts';

/** An adverse world takes 20, 40 or 60 seconds and also deletes what was sent meanwhile. */
export default {
  handle: ({ QueueUrl }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const { clock, choose } = context.world;
    const nowMs = clock.epochMs();
    if (queue.lastPurgeMs !== undefined && nowMs - queue.lastPurgeMs < sqsQuotas.purgeIntervalMs) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      );
    }
    queue.lastPurgeMs = nowMs;
    const ordinal = nextCall(queue, 'purge');
    const delay = choose('ADV-SQS-10', `${queue.key}/${ordinal}`, 4);
    if (delay === 0) removeAll(queue);
    else clock.at(nowMs + (delay * sqsQuotas.purgeDurationMsMax) / 3, () => removeAll(queue));
    return {};
  },
} satisfies Operation<PurgeQueueInput, Readonly<Record<string, never>>, SqsState>;
