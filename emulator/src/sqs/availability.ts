import type { World } from '../service.ts';
import { nextVisibleMs, promote } from './storage.ts';
import type { Message, Queue, SqsState } from './state.ts';
import { take } from './take.ts';
import type { TakeOptions } from './take.ts';

/** After anything that may have made messages available: serves who waits, and asks to be woken for what comes next. */
export function serve(queue: Queue, state: SqsState, world: World): void {
  promote(queue, world.clock.epochMs());
  for (let poller = queue.pollers[0]; poller !== undefined; poller = queue.pollers[0]) {
    const messages = takeAndServe(queue, poller, state, world);
    if (messages.length === 0) break;
    queue.pollers.shift();
    poller.resume(messages);
  }
  arm(queue, state, world);
}

/** Takes messages, and serves the dead-letter queue if some went there. */
export function receive(queue: Queue, options: TakeOptions, state: SqsState, world: World): readonly Message[] {
  const messages = takeAndServe(queue, options, state, world);
  arm(queue, state, world);
  return messages;
}

function takeAndServe(queue: Queue, options: TakeOptions, state: SqsState, world: World): readonly Message[] {
  const moved = new Set<Queue>();
  const messages = take(queue, options, state, world, (target) => moved.add(target));
  for (const target of moved) {
    if (target !== queue) serve(target, state, world);
  }
  return messages;
}

/** Ends all waits of a queue that is going away. */
export function dismissPollers(queue: Queue): void {
  for (const poller of queue.pollers.splice(0)) poller.resume([]);
  queue.timer?.cancel();
  queue.timer = undefined;
}

function arm(queue: Queue, state: SqsState, world: World): void {
  const dueMs = queue.deletedMs === undefined ? nextVisibleMs(queue) : undefined;
  if (queue.timer?.dueMs === dueMs) return;
  queue.timer?.cancel();
  queue.timer = undefined;
  if (dueMs === undefined) return;
  const cancel = world.clock.at(
    dueMs,
    () => {
      queue.timer = undefined;
      serve(queue, state, world);
    },
    'work',
    queue.key,
  );
  queue.timer = { dueMs, cancel };
}
