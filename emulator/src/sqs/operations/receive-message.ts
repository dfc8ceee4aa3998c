import { AwsError } from '../../errors.ts';
import { textOf } from '../../late-text.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { CallContext, Operation } from '../../service.ts';
import { receive } from '../availability.ts';
import { invalidValue } from '../errors.ts';
import type { Message as MessageShape, ReceiveMessageInput, ReceiveMessageOutput } from '../generated/shapes.ts';
import { md5 } from '../md5.ts';
import { attributesMd5, selectAttributes } from '../message-attributes.ts';
import { queueOf } from '../queue-url.ts';
import { receiptHandle } from '../receipt-handle.ts';
import { rememberAttempt, repeatAttempt } from '../receive-attempt.ts';
import { throttleFifo } from '../send.ts';
import { systemAttributes } from '../system-attributes.ts';
import { nextCall } from '../state.ts';
import type { Message, Poller, Queue, SqsState } from '../state.ts';

export default {
  handle: (input, state, context) => {
    const { world } = context;
    const queue = queueOf(input.QueueUrl, state, context);
    throttleFifo(queue, 'ReceiveMessage', world);
    const options = optionsOf(queue, input);
    const repeated = repeatAttempt(queue, options, world.clock.epochMs());
    const sample = repeated === undefined ? sampleOf(queue, options, context) : undefined;
    const messages =
      repeated ?? (sample === 0 ? [] : receive(queue, { ...options, limit: sample ?? options.limit }, state, world));
    const answer = (found: readonly Message[]): ReceiveMessageOutput => {
      rememberAttempt(queue, options.attemptId, found, world.clock.epochMs());
      return found.length === 0 ? {} : { Messages: found.map((message) => shapeOf(queue, message, input, context)) };
    };
    if (messages.length > 0 || options.waitMs === 0 || sample === 0) return answer(messages);
    return wait(queue, options, context).then(answer);
  },
} satisfies Operation<ReceiveMessageInput, ReceiveMessageOutput, SqsState>;

interface Options {
  readonly limit: number;
  readonly visibilityMs: number;
  readonly waitMs: number;
  readonly attemptId: string | undefined;
}

function optionsOf(queue: Queue, input: ReceiveMessageInput): Options {
  const { MaxNumberOfMessages: limit = 1, VisibilityTimeout, WaitTimeSeconds, ReceiveRequestAttemptId } = input;
  if (limit < 1 || limit > sqsQuotas.receiveMessagesMax) {
    throw invalidValue(
      'MaxNumberOfMessages',
      limit,
      `Must be between 1 and ${sqsQuotas.receiveMessagesMax}, if provided.`,
    );
  }
  const visibility = VisibilityTimeout ?? Number(queue.attributes.get('VisibilityTimeout'));
  if (visibility < 0 || visibility > sqsQuotas.visibilityTimeoutSecondsMax) {
    const reason = `Must be >= 0 and <= ${sqsQuotas.visibilityTimeoutSecondsMax}, if provided.`;
    throw invalidValue('VisibilityTimeout', visibility, reason);
  }
  const waitSeconds = WaitTimeSeconds ?? Number(queue.attributes.get('ReceiveMessageWaitTimeSeconds'));
  if (waitSeconds < 0 || waitSeconds > sqsQuotas.waitTimeSecondsMax) {
    const reason = `Must be >= 0 and <= ${sqsQuotas.waitTimeSecondsMax}, if provided.`;
    throw invalidValue('WaitTimeSeconds', waitSeconds, reason);
  }
  return {
    limit,
    visibilityMs: visibility * 1000,
    waitMs: waitSeconds * 1000,
    attemptId: queue.isFifo ? ReceiveRequestAttemptId : undefined,
  };
}

/** How many messages a poll may see: an adverse one sees fewer, or none; `undefined` is as many as it asked for. */
function sampleOf(queue: Queue, { limit, waitMs }: Options, { world }: CallContext): number | undefined {
  const ordinal = nextCall(queue, 'receive');
  const room = sqsQuotas.inFlightMessagesMax - queue.counts['in-flight'];
  const isNear = room <= sqsQuotas.inFlightMessagesMax / 100;
  if (room <= 0 || (isNear && world.choose('ADV-SQS-07', `${queue.key}/${ordinal}`, 2) === 1)) {
    if (waitMs > 0) return 0;
    throw new AwsError('OverLimit', `Too many messages in flight for queue ${queue.name}.`, { status: 403 });
  }
  if (queue.isFifo) return undefined;
  const option = world.choose('ADV-SQS-04', `${queue.key}/${ordinal}`, limit + 1);
  return option === 0 ? undefined : option - 1;
}

/** Waits inside the world for a message, the end of the wait, or the caller's going away. */
function wait(
  queue: Queue,
  { limit, visibilityMs, waitMs, attemptId }: Options,
  { world, signal: signalOf }: CallContext,
): Promise<readonly Message[]> {
  return world.park((resume) => {
    const signal = signalOf();
    const giveUp = (): void => {
      const index = queue.pollers.indexOf(poller);
      if (index === -1) return;
      queue.pollers.splice(index, 1);
      poller.resume([]);
    };
    const cancel = world.clock.at(world.clock.epochMs() + waitMs, giveUp, 'idle', `poll ${queue.key}`);
    signal.addEventListener('abort', giveUp, { once: true });
    const poller: Poller = {
      limit,
      visibilityMs,
      attemptId,
      resume: (messages) => {
        cancel();
        signal.removeEventListener('abort', giveUp);
        resume(messages);
      },
    };
    queue.pollers.push(poller);
  });
}

function shapeOf(queue: Queue, message: Message, input: ReceiveMessageInput, { world }: CallContext): MessageShape {
  const selected = selectAttributes(message.attributes, input.MessageAttributeNames ?? []);
  const names = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const body = textOf(message.body);
  message.body = body;
  const system = names.length === 0 ? {} : systemAttributes(queue, message, names, world);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, message),
    MD5OfBody: md5(body),
    Body: body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(selected).length > 0 && {
      MessageAttributes: selected,
      MD5OfMessageAttributes: attributesMd5(selected),
    }),
  };
}
