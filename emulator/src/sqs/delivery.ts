import { AwsError } from '../errors.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import { queueOfArn } from './queue-url.ts';
import { checkSending, send } from './send.ts';
import type { Sending } from './send.ts';
import type { SqsState } from './state.ts';

/**
 * Takes what a rule, a topic or a function's destination sends. The queue's policy is not enforced: AWS would let pass
 * only what a policy allows.
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
