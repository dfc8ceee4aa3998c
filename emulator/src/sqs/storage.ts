import type { Clock } from '../clock.ts';
import type { GroupHead, Hidden, Message, Queue, Standing } from './state.ts';

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
  if (message.groupId === undefined || !queue.isFifo) return;
  const group = queue.groups.get(message.groupId);
  const index = group?.indexOf(message) ?? -1;
  if (group === undefined || index === -1) return;
  group.splice(index, 1);
  if (group.length === 0) queue.groups.delete(message.groupId);
  else if (index === 0) offerHead(queue, message.groupId);
}

export function removeAll(queue: Queue): void {
  for (const message of queue.messages.values()) message.standing = 'gone';
  queue.messages.clear();
  queue.groups.clear();
  queue.readyGroups.clear();
  queue.hidden.clear();
  queue.ready.length = 0;
  queue.readyFrom = 0;
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

/** Messages that may be taken now from a standard queue, the first `limit` in order. */
export function firstReady(queue: Queue, limit: number): readonly Message[] {
  const found: Message[] = [];
  for (let index = queue.readyFrom; index < queue.ready.length && found.length < limit; index += 1) {
    const message = queue.ready[index];
    if (message?.standing === 'ready') found.push(message);
    else if (index === queue.readyFrom) queue.readyFrom += 1;
  }
  if (queue.readyFrom > 1000 && queue.readyFrom * 2 > queue.ready.length) {
    queue.ready.splice(0, queue.readyFrom);
    queue.readyFrom = 0;
  }
  return found;
}

/** Takes a ready message from its place in a standard queue. */
export function takeReady(queue: Queue, message: Message): void {
  if (queue.ready[queue.readyFrom] === message) {
    queue.readyFrom += 1;
    return;
  }
  const index = queue.ready.indexOf(message, queue.readyFrom);
  if (index !== -1) queue.ready.splice(index, 1);
}

/** The group of a FIFO queue whose first message has been available longest. */
export function takeReadyGroup(queue: Queue): GroupHead | undefined {
  for (let head = queue.readyGroups.pop(); head !== undefined; head = queue.readyGroups.pop()) {
    if (isHead(queue, head)) return head;
  }
  return undefined;
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
  if (!queue.isFifo || message.groupId === undefined) queue.ready.push(message);
  else if (queue.groups.get(message.groupId)?.[0] === message) offerHead(queue, message.groupId);
}

function leave(queue: Queue, message: Message): void {
  if (message.standing === 'gone') return;
  if (message.standing === 'ready' && !queue.isFifo) takeReady(queue, message);
  if (queue.messages.has(message.id)) queue.counts[message.standing] -= 1;
}
