import type { HttpResponse, RequestHandlerOutput } from '@smithy/types';
import type { Choose, Disturbance, Passage } from './adversary.ts';
import type { Deliveries } from './adversary-deliveries.ts';
import { jsonAnswer, jsonRequest, list, madeAnswer, members, readAnswer } from './adversary-wire.ts';

/** What is remembered of a queue between receives. */
interface Queue {
  /** Taken from an answer, due with the next. */
  held: readonly unknown[];
  /** The last one handed over, to come again. */
  last: unknown;
}

/**
 * Answers of ReceiveMessage: a message again, another order, none or a part now and the rest with the next receive.
 * FIFO queues keep order and do not repeat, so that of these they only know the last.
 */
export function createReceives(choose: Choose, deliveries: Deliveries): Disturbance {
  const queues = new Map<string, Queue>();

  async function receive(passage: Passage): Promise<RequestHandlerOutput<HttpResponse>> {
    const { wire, key } = passage;
    const queue = queues.get(wire.resource) ?? { held: [], last: undefined };
    queues.set(wire.resource, queue);
    if (queue.held.length > 0) {
      const Messages = queue.held;
      queue.held = [];
      return { response: madeAnswer({ Messages }) };
    }
    const late = deliveries.due(wire.resource);
    if (late !== undefined) return { response: madeAnswer({ Messages: await late }) };
    const answer = await passage.forward(passage.request);
    const { response, output } = await readAnswer(answer.response);
    const received = deliveries.pass(wire.resource, list(output['Messages']));
    if (received.length === 0) return { response: jsonAnswer(response, { ...output, Messages: [] }) };
    const isFifo = wire.resource.endsWith('.fifo');
    const disturbed = isFifo ? received : repeated(choose, key, reordered(choose, key, received), queue);
    const now = choose('ADV-SQS-04', key, 3);
    const kept = now === 0 ? disturbed.length : now === 1 ? 0 : Math.floor(disturbed.length / 2);
    queue.held = disturbed.slice(kept);
    queue.last = received.at(-1);
    const Messages = disturbed.slice(0, kept);
    return { response: jsonAnswer(response, { ...output, Messages }) };
  }

  return (passage) => {
    const { service, operation } = passage.wire;
    return service === 'sqs' && operation === 'ReceiveMessage' ? receive(passage) : undefined;
  };
}

function reordered(choose: Choose, key: string, messages: readonly unknown[]): readonly unknown[] {
  if (messages.length < 2) return messages;
  const turned = choose('ADV-SQS-03', key, messages.length);
  return [...messages.slice(turned), ...messages.slice(0, turned)];
}

/** One of this answer twice, or the last of the one before again. */
function repeated(choose: Choose, key: string, messages: readonly unknown[], queue: Queue): readonly unknown[] {
  const again = choose('ADV-SQS-01', key, 3);
  if (again === 1) return [...messages, messages[0]];
  return again === 2 && queue.last !== undefined ? [queue.last, ...messages] : messages;
}

/** DeleteMessageBatch: one entry fails, the others are forwarded. */
export function disturbBatchDelete(choose: Choose): Disturbance {
  async function fail(passage: Passage, index: number): Promise<RequestHandlerOutput<HttpResponse>> {
    const { input } = passage.wire;
    const entries = list(input['Entries']);
    const left = entries.filter((_, position) => position !== index);
    const { Id } = members(entries[index]);
    const failed = { Id, SenderFault: false, Code: 'InternalError', Message: 'try again' };
    if (left.length === 0) return { response: madeAnswer({ Successful: [], Failed: [failed] }) };
    const answer = await passage.forward(jsonRequest(passage.request, { ...input, Entries: left }));
    const { response, output } = await readAnswer(answer.response);
    return { response: jsonAnswer(response, { ...output, Failed: [...list(output['Failed']), failed] }) };
  }

  return (passage) => {
    const { service, operation, input } = passage.wire;
    if (service !== 'sqs' || operation !== 'DeleteMessageBatch') return undefined;
    const chosen = choose('ADV-SQS-11', passage.key, list(input['Entries']).length + 1);
    return chosen === 0 ? undefined : fail(passage, chosen - 1);
  };
}
