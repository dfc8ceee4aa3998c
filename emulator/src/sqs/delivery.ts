import { AwsError } from '../errors.ts';
import { needsPermission, policyAllows } from '../resource-policy.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import { policyOf } from './policy.ts';
import { queueOfArn } from './queue-url.ts';
import { checkSending, send } from './send.ts';
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
  const { MessageId } = send(
    queue,
    sending,
    { id: delivery.principal, traceHeader: delivery.traceHeader },
    state,
    world,
  );
  return { ok: true, payload: MessageId };
}

/** The last decision for a queue: one topic or rule tends to send again and again. */
const decisions = new WeakMap<Queue, { readonly question: string; readonly allowed: boolean }>();

function maySend(queue: Queue, { principal, sourceArn }: Delivery): boolean {
  const question = `${principal} ${sourceArn} ${queue.attributes.get('Policy')}`;
  const last = decisions.get(queue);
  if (last?.question === question) return last.allowed;
  const { statements } = policyOf(queue);
  const request = { principal, sourceArn, action: 'sqs:SendMessage', resourceArn: queue.arn };
  const allowed = policyAllows({ Statement: statements }, request);
  decisions.set(queue, { question, allowed });
  return allowed;
}

function sendingOf({ body, attributes = {}, messageGroupId, messageDeduplicationId }: Delivery): Sending {
  return {
    MessageBody: body,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
        name,
        {
          DataType: dataType,
          ...(stringValue !== undefined && { StringValue: stringValue }),
          ...(binaryValue !== undefined && { BinaryValue: binaryValue }),
        },
      ]),
    ),
    ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
    ...(messageDeduplicationId !== undefined && { MessageDeduplicationId: messageDeduplicationId }),
  };
}
