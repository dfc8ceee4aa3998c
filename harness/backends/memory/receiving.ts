import { sleep } from '#core';
import type { Handling, Received } from '#core';
import type { Is, MemoryClock } from './bucket-state.ts';
import type { Member, Receiver } from './broker.ts';

/** What receivers share. */
export interface Receiving {
  readonly clock: MemoryClock;
  readonly is: Is;
  readonly receivers: ReadonlySet<Receiver>;
  /** Until when each receiver that takes its time is busy. */
  readonly busy: Map<Receiver, number>;
}

/**
 * A receiver that handles a message at a time, in the order in which they come, each for as long as it takes. What a
 * session that crashed had not begun is lost.
 */
export function createReceiver(
  shared: Receiving,
  options: Pick<Receiver, 'member' | 'pattern' | 'queue'> & {
    readonly max: number | undefined;
    readonly handling: Handling | undefined;
    readonly handle: (message: Received) => void;
  },
): Receiver & { readonly inHand: () => readonly Received[] } {
  const { clock, is, busy } = shared;
  const { member, pattern, queue, max, handling, handle } = options;
  const waiting = new Set<Received>();
  const takesMs = handling?.takesMs ?? 0;

  function begin(message: Received): void {
    const startMs = Math.max(clock.epochMs(), busyUntil(shared, receiver), pollMs(shared, receiver));
    if (takesMs > 0) busy.set(receiver, startMs + takesMs);
    waiting.add(message);
    const start = () => {
      if (!member.alive) return;
      handle(message);
      if (takesMs === 0) waiting.delete(message);
      else clock.at(startMs + takesMs, () => void waiting.delete(message));
    };
    if (startMs === clock.epochMs()) start();
    else clock.at(startMs, start);
  }

  const spoilt = spoil(shared, queue, begin);
  const receiver = {
    member,
    pattern,
    queue,
    activeFromMs: clock.epochMs() + (is('activates-late') ? 50 : 0),
    left: (max ?? Infinity) + (is('ends-one-late') ? 1 : 0),
    open: true,
    inHand: () => [...waiting],
    receive(message: Received, from: Member) {
      if (!receiver.open || receiver.left <= 0) return;
      receiver.left -= 1;
      spoilt(message, from);
    },
    async idle() {
      const untilMs = busy.get(receiver) ?? 0;
      if (untilMs > clock.epochMs()) {
        await sleep(clock, untilMs - clock.epochMs(), { signal: new AbortController().signal });
      }
    },
  };
  return receiver;
}

function busyUntil({ is, busy }: Receiving, receiver: Receiver): number {
  return is('slow-sibling-blocks') ? Math.max(0, ...busy.values()) : (busy.get(receiver) ?? 0);
}

const pollEveryMs = 60_000;

function pollMs({ is, clock }: Receiving, { queue }: Receiver): number {
  if (!is('polls-slowly') || queue === undefined) return 0;
  return Math.ceil((clock.epochMs() + 1) / pollEveryMs) * pollEveryMs;
}

/** The mutants that lose, repeat or swap what comes in. */
function spoil(
  { clock, is, receivers }: Receiving,
  queue: string | undefined,
  begin: (message: Received) => void,
): (message: Received, from: Member) => void {
  const held = new Map<Member, Received>();
  const isPlainSwap =
    is('swaps-neighbours') || is('swaps-across-subjects') || (is('swaps-for-one') && receivers.size % 3 === 2);
  let count = 0;

  function swap(message: Received, from: Member): void {
    const before = held.get(from);
    if (before === undefined) {
      held.set(from, message);
      clock.at(clock.epochMs() + 10, () => {
        if (held.get(from) === message) release(message, from);
      });
      return;
    }
    held.delete(from);
    const isSwapped = !is('swaps-across-subjects') || before.subject !== message.subject;
    for (const one of isSwapped ? [message, before] : [before, message]) begin(one);
  }

  function release(message: Received, from: Member): void {
    held.delete(from);
    begin(message);
  }

  return (message, from) => {
    count += 1;
    const isFifth = queue === undefined && count % 5 === 0;
    if (is('loses-a-message') && isFifth) return;
    if (is('duplicates-a-message') && isFifth) begin(message);
    const swaps = queue === undefined ? isPlainSwap : is('member-swaps');
    if (swaps) swap(message, from);
    else begin(message);
  };
}
