import { filterMatches, patternOf, subjectOf } from '#core';
import type { Received, SessionId, Subject, SubjectPattern } from '#core';
import type { Is, MemoryClock } from './bucket-state.ts';
import { altered } from './message-mutants.ts';

/** A session as the broker knows it. */
export interface Member {
  readonly id: SessionId;
  readonly echo: boolean;
  alive: boolean;
}

/** Whatever receives: a subscription or a responder. */
export interface Receiver {
  readonly member: Member;
  readonly pattern: SubjectPattern;
  readonly queue: string | undefined;
  readonly activeFromMs: number;
  /** Has a message handled, or put behind those that are being handled. */
  readonly receive: (message: Received, from: Member) => void;
  /** Resolves when it has nothing in hand. */
  readonly idle: () => Promise<void>;
  /** Messages left until it ends by itself. */
  left: number;
  open: boolean;
}

export interface Broker {
  readonly receivers: Set<Receiver>;
  readonly subscribe: (receiver: Receiver) => void;
  /** Hands the message to all who must get it; answers who did. */
  readonly publish: (message: Received, from: Member) => readonly Receiver[];
  /** Those who would be asked. */
  readonly interested: (message: Received, from: Member) => readonly Receiver[];
}

export function createBroker({
  clock,
  random,
  is,
}: {
  readonly clock: MemoryClock;
  readonly random: () => number;
  readonly is: Is;
}): Broker {
  const receivers = new Set<Receiver>();
  const kept: { readonly message: Received; readonly from: Member; readonly heard: boolean }[] = [];
  const route = createRouter({ random, is });

  function interested(message: Received, from: Member): readonly Receiver[] {
    // The server drops what has an empty token, and says nothing.
    if (message.subject.split('.').includes('') && !is('routes-empty-tokens')) return [];
    return [...receivers].filter(
      (receiver) =>
        (matches(receiver.pattern, message.subject) || isTakenForAnother(receiver, message)) &&
        (receiver.member.alive || (is('dead-member-counts') && receiver.queue !== undefined)) &&
        receiver.activeFromMs <= clock.epochMs() &&
        (receiver.member.echo || receiver.member !== from || is('always-echoes')),
    );
  }

  function matches(pattern: SubjectPattern, subject: Subject): boolean {
    if (is('folds-subjects')) return filterMatches(patternOf(pattern.toLowerCase()), subjectOf(subject.toLowerCase()));
    return filterMatches(pattern, subject);
  }

  function isTakenForAnother({ queue }: Receiver, { subject }: Received): boolean {
    if (!is('member-ignores-filter') || queue === undefined) return false;
    return [...receivers].some((other) => other.queue === queue && filterMatches(other.pattern, subject));
  }

  return {
    receivers,
    interested,
    subscribe(receiver) {
      receivers.add(receiver);
      for (const item of kept) {
        if (!filterMatches(receiver.pattern, item.message.subject)) continue;
        const waits = is('keeps-for-the-first') || (is('keeps-for-a-member') && receiver.queue !== undefined);
        if (is('replays-to-the-late') || (waits && !item.heard)) receiver.receive(item.message, item.from);
      }
    },
    publish(message, from) {
      const chosen = route(interested(message, from));
      kept.push({ message, from, heard: chosen.length > 0 });
      for (const receiver of chosen) receiver.receive(altered(message, is), from);
      return chosen;
    },
  };
}

/** Every plain receiver, and of each queue group one member by chance. */
function createRouter({ random, is }: { readonly random: () => number; readonly is: Is }) {
  const firstMembers = new Map<string, Receiver>();
  return (interested: readonly Receiver[]): readonly Receiver[] => {
    const plain = interested.filter(({ queue }) => queue === undefined);
    const groups = [
      ...Map.groupBy(
        interested.filter(({ queue }) => queue !== undefined),
        groupName,
      ).entries(),
    ];
    const members = groups.slice(0, is('first-group-only') ? 1 : groups.length).flatMap(([name, all]) => {
      const first = firstMembers.get(name) ?? all[0];
      if (first !== undefined) firstMembers.set(name, first);
      if (is('group-broadcasts') || is('everyone-executes')) return all;
      if (is('always-the-first')) return all.slice(0, 1);
      if (is('newcomer-starves') && first !== undefined && all.includes(first)) return [first];
      return all.slice(Math.floor(random() * all.length)).slice(0, 1);
    });
    const chosen = [...(is('one-copy-a-session') ? oneEach(plain) : plain), ...members];
    return is('five-targets') ? chosen.slice(0, 5) : chosen;
  };

  function groupName({ queue = '', pattern }: Receiver): string {
    if (is('group-per-filter')) return `${queue} ${pattern}`;
    return is('folds-group-names') ? queue.toLowerCase() : queue;
  }
}

function oneEach(receivers: readonly Receiver[]): readonly Receiver[] {
  return [...new Map(receivers.toReversed().map((receiver) => [receiver.member, receiver])).values()];
}
