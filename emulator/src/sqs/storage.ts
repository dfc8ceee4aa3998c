import type { Clock } from '../clock.ts';
import { parseRedrivePolicy } from './redrive-policy.ts';
import type { GroupHead, Hidden, Message, Queue, Ready, Standing } from './state.ts';

/** The place of the next message of a queue. */
export function nextOrdinal(queue: Queue): number {
  const ordinal = queue.ordinals.sent;
  queue.ordinals.sent += 1;
  return ordinal;
}

/** Puts a message into the queue; it becomes available at its `visibleAtMs`. */
export function store(queue: Queue, message: Message, nowMs: number): void {
  queue.messages.set(message.id, message);
  if (message.groupId !== undefined && queue.isFifo) {
    const group = queue.groups.get(message.groupId);
    if (group === undefined) queue.groups.set(message.groupId, [message]);
    else group.push(message);
  }
  if (message.visibleAtMs <= nowMs) {
    enter(queue, message, 'ready');
  } else {
    queue.counts.delayed += 1;
    message.standing = 'delayed';
    queue.hidden.push({ message, dueMs: message.visibleAtMs });
  }
}

/** Hides a message that a receive took, or whose visibility was changed, until `untilMs`. */
export function hide(queue: Queue, message: Message, untilMs: number): void {
  leave(queue, message);
  message.visibleAtMs = untilMs;
  message.standing = 'in-flight';
  queue.counts['in-flight'] += 1;
  queue.hidden.push({ message, dueMs: untilMs });
  dropOutdated(queue);
}

/** Makes a hidden message available now. */
export function reveal(queue: Queue, message: Message, nowMs: number): void {
  leave(queue, message);
  message.visibleAtMs = nowMs;
  enter(queue, message, 'ready');
}

/** Takes a message out for good. */
export function remove(queue: Queue, message: Message): void {
  leave(queue, message);
  message.standing = 'gone';
  queue.messages.delete(message.id);
  dropOutdated(queue);
  if (message.groupId === undefined || !queue.isFifo) return;
  const group = queue.groups.get(message.groupId);
  const index = group?.indexOf(message) ?? -1;
  if (group === undefined || index === -1) return;
  group.splice(index, 1);
  if (group.length === 0) queue.groups.delete(message.groupId);
  else if (index === 0) offerHead(queue, message.groupId);
}

/** Empties the queue; what was sent is forgotten for de-duplication too, as was recorded. */
export function removeAll(queue: Queue): void {
  for (const message of queue.messages.values()) message.standing = 'gone';
  queue.messages.clear();
  queue.groups.clear();
  queue.readyGroups.clear();
  queue.hidden.clear();
  queue.ready.clear();
  queue.deduplication.clear();
  Object.assign(queue.counts, { ready: 0, delayed: 0, 'in-flight': 0 });
}

/** Makes available what has become due. */
export function promote(queue: Queue, nowMs: number): void {
  for (let next = queue.hidden.peek(); next !== undefined && next.dueMs <= nowMs; next = queue.hidden.peek()) {
    queue.hidden.pop();
    if (isCurrent(next)) {
      leave(queue, next.message);
      enter(queue, next.message, 'ready');
    }
  }
}

/** When the next message becomes available by itself. */
export function nextVisibleMs(queue: Queue): number | undefined {
  for (let next = queue.hidden.peek(); next !== undefined; next = queue.hidden.peek()) {
    if (isCurrent(next)) return next.dueMs;
    queue.hidden.pop();
  }
  return undefined;
}

/** Takes one of the first `window` available messages of a standard queue: the one that `choose` names by its place. */
export function takeReady(queue: Queue, window: number, choose: (count: number) => number): Message | undefined {
  const first: Ready[] = [];
  while (first.length < window) {
    const next = queue.ready.pop();
    if (next === undefined) break;
    if (next.message.standing === 'ready' && !first.some(({ message }) => message === next.message)) first.push(next);
  }
  const chosen = choose(first.length);
  for (const [index, ready] of first.entries()) {
    if (index !== chosen) queue.ready.push(ready);
  }
  return first[chosen]?.message;
}

/** The group of a FIFO queue whose first message has been available longest. */
export function takeReadyGroup(queue: Queue): GroupHead | undefined {
  for (let head = queue.readyGroups.pop(); head !== undefined; head = queue.readyGroups.pop()) {
    if (isHead(queue, head)) return head;
  }
  return undefined;
}

/** Offers a message that was taken to be looked at again. */
export function offerBack(queue: Queue, message: Message): void {
  if (queue.isFifo && message.groupId !== undefined) offerHead(queue, message.groupId);
  else queue.ready.push({ message, rank: rankOf(queue, message) });
}

/** A group's messages that may be taken now: in order, up to the first that is hidden. */
export function readyOfGroup(queue: Queue, groupId: string): readonly Message[] {
  const group = queue.groups.get(groupId) ?? [];
  const hidden = group.findIndex(({ standing }) => standing !== 'ready');
  return hidden === -1 ? group.slice() : group.slice(0, hidden);
}

/** Offers a group to receivers, if its first message is available. */
export function offerHead(queue: Queue, groupId: string): void {
  const message = queue.groups.get(groupId)?.[0];
  if (message?.standing === 'ready') queue.readyGroups.push({ groupId, message, visibleAtMs: message.visibleAtMs });
}

export function isEarlierGroup(a: GroupHead, b: GroupHead): boolean {
  return a.visibleAtMs < b.visibleAtMs || (a.visibleAtMs === b.visibleAtMs && a.message.ordinal < b.message.ordinal);
}

export function isEarlierReady(a: Ready, b: Ready): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.message.ordinal < b.message.ordinal);
}

export function isEarlierHidden(a: Hidden, b: Hidden): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.message.ordinal < b.message.ordinal);
}

/** Removes what its retention has run out for; called where somebody would see it. */
export function expire(queue: Queue, clock: Clock): void {
  const retentionMs = Number(queue.attributes.get('MessageRetentionPeriod')) * 1000;
  const nowMs = clock.epochMs();
  for (const message of queue.messages.values()) {
    if (isExpired(message, retentionMs, nowMs)) remove(queue, message);
  }
}

export function isExpired(message: Message, retentionMs: number, nowMs: number): boolean {
  return message.enqueuedMs + retentionMs <= nowMs;
}

function isCurrent({ message, dueMs }: Hidden): boolean {
  return (message.standing === 'delayed' || message.standing === 'in-flight') && message.visibleAtMs === dueMs;
}

function isHead(queue: Queue, { groupId, message, visibleAtMs }: GroupHead): boolean {
  const first = queue.groups.get(groupId)?.[0];
  return first === message && message.standing === 'ready' && message.visibleAtMs === visibleAtMs;
}

function enter(queue: Queue, message: Message, standing: Standing): void {
  message.standing = standing;
  queue.counts[standing] += 1;
  if (!queue.isFifo || message.groupId === undefined) queue.ready.push({ message, rank: rankOf(queue, message) });
  else if (queue.groups.get(message.groupId)?.[0] === message) offerHead(queue, message.groupId);
}

/**
 * Messages are offered in the order of their sending, also after a visibility timeout; one that was received three times
 * goes to the back, where the redrive policy allows more than three.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
function rankOf(queue: Queue, message: Message): number {
  if (message.receiveCount < receivesBeforeBack) return message.ordinal;
  const policy = queue.attributes.get('RedrivePolicy');
  if (policy === undefined) return message.ordinal;
  return parseRedrivePolicy(policy, queue.arn).maxReceiveCount > receivesBeforeBack
    ? queue.ordinals.sent
    : message.ordinal;
}

const receivesBeforeBack = 3;

/**
 * One message that stays hidden for hours would keep every later one that was deleted. What is outdated is dropped when it
 * is more than half, so that it costs no more per message for the length of the queue.
 */
function dropOutdated({ hidden, ready, counts }: Queue): void {
  if (hidden.size() > 2 * (counts.delayed + counts['in-flight']) + outdatedMax) hidden.keep(isCurrent);
  if (ready.size() > 2 * counts.ready + outdatedMax) ready.keep(({ message }) => message.standing === 'ready');
}

const outdatedMax = 64;

function leave(queue: Queue, message: Message): void {
  if (message.standing !== 'gone' && queue.messages.has(message.id)) queue.counts[message.standing] -= 1;
}
