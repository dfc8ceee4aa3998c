import { filterMatches } from '#core';
import type { Anomaly, History, SessionId, Subject } from '#core';
import { indexHistory } from './index-history.ts';
import type { HistoryIndex, Sent } from './index-history.ts';
import { isNamed } from './operation.ts';
import type { Operation } from './operation.ts';
import type { Receiver } from './receivers.ts';

/** Who subscribes to a subject: each plain subscription for itself, and the members of each queue group together. */
export interface Parties {
  readonly plain: readonly Receiver[];
  /** By group name: members with different filters are of one group. */
  readonly groups: ReadonlyMap<string, readonly Receiver[]>;
}

/**
 * Which messages must have arrived where. A message is due to a subscription if it was published after the subscription
 * had become active, was certainly with the broker, and the history settled completely before the subscription ended.
 */
export interface Due {
  readonly index: HistoryIndex;
  readonly publishes: readonly Sent[];
  readonly parties: (subject: Subject) => Parties;
  /** Index from which on the message was certainly with the broker; `undefined` where nothing says so. */
  readonly confirmedAt: (sent: Sent) => number | undefined;
  readonly isDue: (sent: Sent, receiver: Receiver) => boolean;
  /** Due to some member, and no member was leaving meanwhile, which could have taken the message with it. */
  readonly isDueToGroup: (sent: Sent, members: readonly Receiver[]) => boolean;
}

const known = new WeakMap<History, Due>();

/** Made once for each history. */
export function dueIn(history: History): Due {
  const found = known.get(history);
  if (found !== undefined) return found;
  const made = makeDue(indexHistory(history));
  known.set(history, made);
  return made;
}

function makeDue(index: HistoryIndex): Due {
  const parties = partiesBySubject([...index.receivers.values()]);
  const { settlings } = index;
  const confirmations = confirmationsOf(index);

  function confirmedAt({ operation: { end, session } }: Sent): number | undefined {
    return end?.kind === 'ok' ? confirmations(session, end.index) : undefined;
  }

  /** The first complete settling after the message was with the broker; `undefined`: it need not have arrived at all. */
  function provenAt(sent: Sent): number | undefined {
    const confirmed = confirmedAt(sent);
    return confirmed === undefined ? undefined : settlings.find((at) => at >= confirmed);
  }

  return {
    index,
    publishes: [...index.sent.values()].filter(({ operation }) => operation.call.name === 'publish'),
    parties,
    confirmedAt,
    isDue(sent, receiver) {
      if (sent.operation.index < receiver.activeFrom || receiver.max !== undefined) return false;
      const proven = provenAt(sent);
      return proven !== undefined && proven < receiver.endsAt;
    },
    isDueToGroup(sent, members) {
      const proven = provenAt(sent);
      if (proven === undefined) return false;
      const active = members.some(
        ({ activeFrom, endsAt, max }) => activeFrom < sent.operation.index && proven < endsAt && max === undefined,
      );
      return active && members.every((member) => isStable(member, sent.operation.index, proven));
    },
  };

  function isStable(member: Receiver, published: number, proven: number): boolean {
    if (member.endsAt > proven) return true;
    return member.goneFrom < published;
  }
}

/** What was due to a plain subscription or a group and reached nobody: for checkers that are left with nothing to compare. */
export function lostIn(history: History): readonly Anomaly[] {
  const { index, publishes, parties, isDue, isDueToGroup } = dueIn(history);
  const arrived = new Set(index.deliveries.map(({ sent }) => sent));
  return publishes.flatMap((sent) => {
    const { plain, groups } = parties(sent.subject);
    const isDueToSome =
      plain.some((receiver) => isDue(sent, receiver)) ||
      [...groups.values()].some((members) => isDueToGroup(sent, members));
    if (!isDueToSome || arrived.has(sent)) return [];
    return [
      { kind: 'lost', message: `nobody got ${sent.id}${index.within}`, evidence: [sent.operation.index] as const },
    ];
  });
}

function partiesBySubject(receivers: readonly Receiver[]): (subject: Subject) => Parties {
  const subscriptions = receivers.filter(({ operation }) => operation.call.name === 'subscribe');
  const bySubject = new Map<Subject, Parties>();
  return (subject) => {
    const found = bySubject.get(subject);
    if (found !== undefined) return found;
    const matching = subscriptions.filter(({ pattern }) => filterMatches(pattern, subject));
    const made = {
      plain: matching.filter(({ queue }) => queue === undefined),
      groups: Map.groupBy(
        matching.filter(({ queue }) => queue !== undefined),
        ({ queue }) => queue ?? '',
      ),
    };
    bySubject.set(subject, made);
    return made;
  };
}

/**
 * From when on what a session had published by `index` was certainly with the broker: a later flush or drain of the
 * session has returned, or the history settled while the session was open.
 */
function confirmationsOf(index: HistoryIndex): (session: SessionId, after: number) => number | undefined {
  const flushes = Map.groupBy(
    index.operations.filter(
      (operation) => (isNamed(operation, 'flush') || isNamed(operation, 'drain')) && operation.end?.kind === 'ok',
    ),
    ({ session }) => session,
  );
  const closed = new Map<SessionId, number>();
  for (const operation of index.operations) {
    if (endsSession(operation) && !closed.has(operation.session)) closed.set(operation.session, operation.index);
  }
  return (session, after) => {
    const flushed = flushes.get(session)?.find((flush) => flush.index > after)?.end?.index ?? Infinity;
    const settled = index.settlings.find((at) => at > after) ?? Infinity;
    const confirmed = Math.min(flushed, settled < (closed.get(session) ?? Infinity) ? settled : Infinity);
    return confirmed === Infinity ? undefined : confirmed;
  };
}

function endsSession({ call }: Operation): boolean {
  return call.name === 'close' || call.name === 'crash' || call.name === 'drain';
}
