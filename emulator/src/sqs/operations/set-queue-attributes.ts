import { sqsQuotas } from '../../quotas.ts';
import type { Operation, World } from '../../service.ts';
import { serve } from '../availability.ts';
import type { SetQueueAttributesInput } from '../generated/shapes.ts';
import { checkAttributes } from '../queue-attributes.ts';
import type { AttributeChanges } from '../queue-attributes.ts';
import { queueOf } from '../queue-url.ts';
import { applyDeduplicationScope, changeAttributes } from '../queue.ts';
import { nextCall } from '../state.ts';
import type { Queue, SqsState } from '../state.ts';

/**
 * A change of the de-duplication scope was seen not to hold at once, so it takes the 60 seconds that AWS allows itself;
 * the others hold at once unless the world is adverse.
 */
export default {
  handle: ({ QueueUrl, Attributes }, state, context) => {
    const { world } = context;
    const queue = queueOf(QueueUrl, state, context);
    const { isFifo, arn: queueArn } = queue;
    const changes = checkAttributes(Attributes, { isFifo, isNew: false, queueArn, clock: world.clock });
    queue.modifiedMs = world.clock.epochMs();
    const ordinal = nextCall(queue, 'set');
    if (world.choose('ADV-SQS-12', `${queue.key}/${ordinal}`, 2) === 0) apply(queue, changes, state, world);
    else applyLater(queue, changes, state, world);
    if (changes.has('DeduplicationScope')) {
      world.clock.at(
        world.clock.epochMs() + sqsQuotas.attributePropagationMsMax,
        () => applyDeduplicationScope(queue),
        'idle',
      );
    }
    return {};
  },
} satisfies Operation<SetQueueAttributesInput, Readonly<Record<string, never>>, SqsState>;

function apply(queue: Queue, changes: AttributeChanges, state: SqsState, world: World): void {
  if (queue.deletedMs !== undefined) return;
  changeAttributes(queue, changes);
  serve(queue, state, world);
}

function applyLater(queue: Queue, changes: AttributeChanges, state: SqsState, world: World): void {
  const retention = new Map([...changes].filter(([name]) => name === 'MessageRetentionPeriod'));
  const others = new Map([...changes].filter(([name]) => name !== 'MessageRetentionPeriod'));
  const nowMs = world.clock.epochMs();
  world.clock.at(nowMs + sqsQuotas.attributePropagationMsMax, () => apply(queue, others, state, world));
  world.clock.at(nowMs + sqsQuotas.retentionPropagationMsMax, () => apply(queue, retention, state, world));
}
