import { AwsError } from '../errors.ts';
import { textOf } from '../late-text.ts';
import { needsPermission, policyAllows } from '../resource-policy.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import { acceptMessage, publishMessage } from './publish.ts';
import type { SnsState } from './state.ts';

/** A message that another service publishes to a topic: an event's target, a dead-letter target of a function. */
export async function receive(delivery: Delivery, state: SnsState, world: World): Promise<DeliveryResult> {
  const topic = state.topics.get(delivery.targetArn);
  if (topic === undefined) {
    return { ok: false, retryable: false, code: 'NotFound', message: 'Topic does not exist' };
  }
  const request = { ...delivery, action: 'SNS:Publish', resourceArn: topic.arn };
  if (needsPermission(delivery) && !policyAllows(JSON.parse(topic.policy), request)) {
    const message = `${delivery.principal} is not authorized to perform: SNS:Publish on resource: ${topic.arn}`;
    return { ok: false, retryable: false, code: 'AuthorizationError', message };
  }
  try {
    const message = acceptMessage(topic, {
      Message: textOf(delivery.body),
      MessageAttributes: attributesOf(delivery),
      MessageGroupId: delivery.messageGroupId,
      MessageDeduplicationId: delivery.messageDeduplicationId,
    });
    await publishMessage(world, topic, message);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ok: false, retryable: false, code: error.code, message: error.message };
  }
}

function attributesOf({ attributes = {} }: Delivery) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue, BinaryValue: binaryValue },
    ]),
  );
}
