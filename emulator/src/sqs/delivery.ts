import { putOwn } from '../codecs/json.ts';
import { AwsError } from '../errors.ts';
import { needsPermission, policyAllows } from '../resource-policy.ts';
import type { Delivery, DeliveryAttribute, DeliveryResult, World } from '../service.ts';
import type { MessageAttributeValue } from './generated/shapes.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { policyOf } from './policy.ts';
import { queueOfArn } from './queue-url.ts';
import { checkSending, put } from './send.ts';
import type { Sending } from './send.ts';
import type { Queue, SqsState } from './state.ts';

/**
 * Takes what a rule, a topic or a function's destination sends, as far as the queue's policy lets the service send it.
 */
export async function receiveDelivery(delivery: Delivery, state: SqsState, world: World): Promise<DeliveryResult> {
  const queue = queueOfArn(delivery.targetArn, state, world);
  if (queue === undefined) {
    return {
      ok: false,
      retryable: false,
      code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
    };
  }
  if (needsPermission(delivery) && !maySend(queue, delivery)) {
    const message = `${delivery.principal} is not authorized to perform: sqs:sendmessage on resource: ${queue.arn}`;
    return { ok: false, retryable: false, code: 'AccessDeniedException', message };
  }
  const sending = sendingOf(delivery);
  try {
    checkSending(queue, sending, { isEntry: false });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ok: false, retryable: false, code: error.code, message: error.message };
  }
  const sender = { id: delivery.principal, traceHeader: delivery.traceHeader };
  return { ok: true, payload: put(queue, sending, sender, state, world).messageId };
}

interface Decision {
  readonly principal: string;
  readonly sourceArn: string;
  readonly policy: string | undefined;
  readonly allowed: boolean;
}

/** The last decision for a queue: one topic or rule tends to send again and again. */
const decisions = new WeakMap<Queue, Decision>();

function maySend(queue: Queue, { principal, sourceArn }: Delivery): boolean {
  const policy = queue.attributes.get('Policy');
  const last = decisions.get(queue);
  if (last?.principal === principal && last.sourceArn === sourceArn && last.policy === policy) return last.allowed;
  const { statements } = policyOf(queue);
  const request = { principal, sourceArn, action: 'sqs:SendMessage', resourceArn: queue.arn };
  const allowed = policyAllows({ Statement: statements }, request);
  decisions.set(queue, { principal, sourceArn, policy, allowed });
  return allowed;
}

let lastSending: { readonly delivery: Delivery; readonly sending: Sending } | undefined;

/** A topic hands the same to one queue after another: it is then the same here too. */
function sendingOf(delivery: Delivery): Sending {
  const { body, attributes, messageGroupId, messageDeduplicationId } = delivery;
  const last = lastSending?.delivery;
  if (
    lastSending !== undefined &&
    last?.attributes === attributes &&
    last?.body === body &&
    last.messageGroupId === messageGroupId &&
    last.messageDeduplicationId === messageDeduplicationId
  ) {
    return lastSending.sending;
  }
  const sending: Sending = {
    MessageBody: body,
    MessageAttributes: attributes && messageAttributesOf(attributes),
    MessageGroupId: messageGroupId,
    MessageDeduplicationId: messageDeduplicationId,
  };
  lastSending = { delivery, sending };
  return sending;
}

function messageAttributesOf(attributes: Readonly<Record<string, DeliveryAttribute>>): MessageAttributes {
  const result: Record<string, MessageAttributeValue> = {};
  for (const [name, { dataType, stringValue, binaryValue }] of Object.entries(attributes)) {
    putOwn(result, name, {
      DataType: dataType,
      ...(stringValue !== undefined && { StringValue: stringValue }),
      ...(binaryValue !== undefined && { BinaryValue: binaryValue }),
    });
  }
  return result;
}
