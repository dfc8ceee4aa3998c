import type { Operation, World } from '../../service.ts';
import { unknownAttribute } from '../errors.ts';
import type { GetQueueAttributesInput, GetQueueAttributesOutput } from '../generated/shapes.ts';
import { computedAttributes, isAttributeName } from '../queue-attributes.ts';
import { queueOf } from '../queue-url.ts';
import { expire, promote } from '../storage.ts';
import { nextCall } from '../state.ts';
import type { Queue, SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, AttributeNames = [] }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const unknown = AttributeNames.find((name) => !isAttributeName(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    const names = AttributeNames.includes('All') ? [...computedAttributes, ...queue.attributes.keys()] : AttributeNames;
    if (names.length === 0) return {};
    const values = { ...computed(queue, context.world), ...Object.fromEntries(queue.attributes) };
    const found = names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
    return found.length === 0 ? {} : { Attributes: Object.fromEntries(found) };
  },
} satisfies Operation<GetQueueAttributesInput, GetQueueAttributesOutput, SqsState>;

function computed(queue: Queue, world: World): Readonly<Record<string, string | undefined>> {
  promote(queue, world.clock.epochMs());
  expire(queue, world.clock);
  const { ready, delayed, 'in-flight': inFlight } = queue.counts;
  const ordinal = nextCall(queue, 'attributes');
  const approximate = (name: string, count: number): string => {
    const lag = world.choose('ADV-SQS-06', `${queue.key}/${name}#${ordinal}`, 3);
    return String(Math.max(0, lag === 2 ? count + 1 : count - lag));
  };
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: approximate('ready', ready),
    ApproximateNumberOfMessagesNotVisible: approximate('in-flight', inFlight),
    ApproximateNumberOfMessagesDelayed: approximate('delayed', delayed),
    CreatedTimestamp: String(Math.floor(queue.createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedMs / 1000)),
  };
}
