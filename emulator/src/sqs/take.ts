import { sqsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { moveToDeadLetterQueue, redrivePolicyOf } from './dead-letter.ts';
import { hide, isExpired, promote, readyOfGroup, remove, reveal, takeReady, takeReadyGroup } from './storage.ts';
import type { GroupHead, Message, Queue, SqsState } from './state.ts';

export interface TakeOptions {
  readonly limit: number;
  readonly visibilityMs: number;
}

/** Told of every queue that got a message moved to it on the way. */
export type OnMoved = (target: Queue) => void;

/** How far from the order of sending an adverse standard queue, or the choice between groups, may go. */
const reorderWindow = 8;

function windowOf(world: World): number {
  return world.isAdverse ? reorderWindow : 1;
}

/** Takes up to `limit` available messages: each is hidden for `visibilityMs` and counts as received. */
export function take(
  queue: Queue,
  options: TakeOptions,
  state: SqsState,
  world: World,
  onMoved: OnMoved,
): readonly Message[] {
  promote(queue, world.clock.epochMs());
  const limit = Math.min(options.limit, sqsQuotas.inFlightMessagesMax - queue.counts['in-flight']);
  const taker = takerOf(queue, options.visibilityMs, state, world, onMoved);
  const taken = queue.isFifo ? takeFromGroups(queue, limit, taker, world) : takeInAnyOrder(queue, limit, taker, world);
  for (const message of taken) {
    const key = `${queue.key}/${message.ordinal}#${message.receiveCount}`;
    if (!queue.isFifo && world.choose('ADV-SQS-01', key, 2) === 1) reveal(queue, message, world.clock.epochMs());
  }
  return taken;
}

/** Takes one message, or disposes of it: its retention may have run out, or it goes to the dead-letter queue. */
type Taker = (message: Message) => boolean;

function takerOf(queue: Queue, visibilityMs: number, state: SqsState, world: World, onMoved: OnMoved): Taker {
  const nowMs = world.clock.epochMs();
  const retentionMs = Number(queue.attributes.get('MessageRetentionPeriod')) * 1000;
  const redrive = redrivePolicyOf(queue, state, world);
  return (message) => {
    if (isExpired(message, retentionMs, nowMs)) {
      remove(queue, message);
      return false;
    }
    if (redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount) {
      moveToDeadLetterQueue(queue, message, redrive.target, nowMs);
      onMoved(redrive.target);
      return false;
    }
    hide(queue, message, nowMs + visibilityMs);
    message.receiveCount += 1;
    message.firstReceivedMs ??= nowMs;
    message.leasedMs = nowMs;
    return true;
  };
}

function takeInAnyOrder(queue: Queue, limit: number, taker: Taker, world: World): readonly Message[] {
  const taken: Message[] = [];
  while (taken.length < limit) {
    const key = `${queue.key}/${queue.ordinals.received}`;
    const message = takeReady(queue, windowOf(world), (count) => world.choose('ADV-SQS-03', key, count));
    if (message === undefined) break;
    queue.ordinals.received += 1;
    if (taker(message)) taken.push(message);
  }
  return taken;
}

function takeFromGroups(queue: Queue, limit: number, taker: Taker, world: World): readonly Message[] {
  const taken: Message[] = [];
  while (taken.length < limit) {
    const head = chooseGroup(queue, world);
    if (head === undefined) break;
    queue.ordinals.received += 1;
    for (const message of readyOfGroup(queue, head.groupId)) {
      if (taken.length === limit) break;
      if (taker(message)) taken.push(message);
    }
  }
  return taken;
}

/** The group that has waited longest, or, as order between groups is free, another one. */
function chooseGroup(queue: Queue, world: World): GroupHead | undefined {
  const heads: GroupHead[] = [];
  while (heads.length < windowOf(world)) {
    const head = takeReadyGroup(queue);
    if (head === undefined) break;
    if (!heads.some(({ groupId }) => groupId === head.groupId)) heads.push(head);
  }
  const index = world.choose('ADV-FIFO-03', `${queue.key}/${queue.ordinals.received}`, heads.length);
  for (const [at, head] of heads.entries()) {
    if (at !== index) queue.readyGroups.push(head);
  }
  return heads[index];
}
