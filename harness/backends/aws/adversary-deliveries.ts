import { sleep } from '#core';
import type { Clock } from '#core';
import type { Choose } from './adversary.ts';
import type { PointId } from './adversary-points.ts';
import { list, members } from './adversary-wire.ts';
import type { Wire } from './adversary-wire.ts';

/** What befalls single messages on their way to a receiver, by their place among those of their queue. */
export interface Deliveries {
  /** Takes note of rules and the queues that they deliver to. */
  readonly see: (wire: Wire) => void;
  /** Messages that were held back and are due, once there are any that come later than others; `undefined` where none. */
  readonly due: (queue: string) => Promise<readonly unknown[]> | undefined;
  /** What of an answer's messages is handed over now. */
  readonly pass: (queue: string, messages: readonly unknown[]) => readonly unknown[];
}

/** As the emulator has them; what comes after more than a second does not come while a run in real time waits. */
const lateMs = [0, 1_000] as const;
const shuffleMs = [0, 5, 20, 100] as const;

/** Long enough for the next message to be taken. */
const overtakenMs = 500;

/** Asks by keys that a capsule names; a seeded run never takes any of these. */
export function createDeliveries(choose: Choose, clock: Clock): Deliveries {
  const numbers = new Map<string, Map<string, number>>();
  const routes = new Map<string, string>();
  const late = new Map<string, readonly { readonly dueMs: number; readonly message: unknown }[]>();

  /** The place of a message among those of its queue, in the order in which they were first seen. */
  function numberOf(queue: string, message: unknown): number {
    const seen = numbers.get(queue) ?? new Map<string, number>();
    numbers.set(queue, seen);
    const id = String(members(message)['MessageId']);
    const number = seen.get(id) ?? seen.size;
    seen.set(id, number);
    return number;
  }

  function put(queue: string, message: unknown, afterMs: number): void {
    late.set(queue, [...(late.get(queue) ?? []), { dueMs: clock.epochMs() + afterMs, message }]);
  }

  function passOne(queue: string, message: unknown): readonly unknown[] {
    const number = numberOf(queue, message);
    const route = routes.get(queue);
    const ask = (point: PointId, key: string, options: number): number => choose(point, key, options);
    const byRule = (point: PointId, options: number): number =>
      route === undefined ? 0 : ask(point, `${route}#${number}`, options);
    if (byRule('ADV-EB-04', 2) === 1) return [];
    const option = byRule('ADV-EB-03', 6);
    if (option > 1) return [];
    const isOvertaken = ask('ADV-SQS-03', `${queue}/${number}`, 2) === 1;
    const afterMs = (lateMs[option] ?? 0) + (shuffleMs[byRule('ADV-EB-02', 4)] ?? 0) + (isOvertaken ? overtakenMs : 0);
    const copies = 1 + byRule('ADV-EB-01', 4) + ask('ADV-SQS-01', `${queue}/${number}#1`, 2);
    if (ask('ADV-SQS-02', `${queue}/${number}#1`, 2) === 1) put(queue, message, 0);
    if (afterMs > 0) put(queue, message, afterMs);
    return afterMs > 0 ? [] : Array.from({ length: copies }, () => message);
  }

  return {
    see({ service, operation, input }) {
      if (service !== 'events' || operation !== 'PutTargets') return;
      for (const target of list(input['Targets'])) {
        const { Id, Arn } = members(target);
        routes.set(String(Arn).split(':').at(-1) ?? '', `${String(input['Rule'])} ${String(Id)}`);
      }
    },
    due(queue) {
      const waiting = late.get(queue) ?? [];
      const [first] = waiting.toSorted((a, b) => a.dueMs - b.dueMs);
      if (first === undefined) return undefined;
      late.set(
        queue,
        waiting.filter((one) => one !== first),
      );
      const restMs = Math.max(0, first.dueMs - clock.epochMs());
      return sleep(clock, restMs, { signal: new AbortController().signal }).then(() => [first.message]);
    },
    pass: (queue, messages) => messages.flatMap((message) => passOne(queue, message)),
  };
}
