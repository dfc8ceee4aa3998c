import type { World } from '../service.ts';
import type { Message, Queue } from './state.ts';

/** A message's own attributes by name, those that are asked for. */
export function systemAttributes(
  queue: Queue,
  message: Message,
  names: readonly string[],
  world: World,
): Readonly<Record<string, string>> {
  const lag = world.choose('ADV-SQS-06', `${queue.key}/${message.ordinal}#${message.receiveCount}`, 2);
  const all: Readonly<Record<string, string | undefined>> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentMs),
    ApproximateReceiveCount: String(Math.max(1, message.receiveCount - lag)),
    ApproximateFirstReceiveTimestamp: String(Math.floor(message.firstReceivedMs ?? message.sentMs)),
    SequenceNumber: message.sequenceNumber,
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  const isAll = names.includes('All');
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (isAll || names.includes(name))) found[name] = value;
  }
  return found;
}
