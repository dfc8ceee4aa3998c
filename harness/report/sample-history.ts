import { brand, patternOf, subjectOf, utf8 } from '#core';
import type { History, HistoryEvent, MessageId, Nanos, OpId, ReceiverId, SessionId } from '#core';

/** Two members of a group, three messages; broken: the first is delivered twice. */
export function sampleHistory({ id, target, profile, broken, hostile }: HistorySeed): History {
  const subject = subjectOf(`work.nlp-1k2j3.high.task${hostile}`);
  const events: HistoryEvent[] = [];
  let at = 0;
  const push = (event: HistoryEvent): void => void events.push(event);
  const now = (): Nanos => brand<Nanos>((at += 1_230_000));
  const session = (name: string): SessionId => brand<SessionId>(name);
  const op = (n: number): OpId => brand<OpId>(String(n));
  for (const [n, name] of ['member-0', 'member-1'].entries()) {
    const subscription = brand<ReceiverId>(`${name}/work@workers#0`);
    const call = {
      name: 'subscribe',
      input: { subscription, pattern: patternOf('work.>'), queue: 'workers' },
    } as const;
    push({ at: now(), session: session(name), kind: 'invoke', op: op(n), call });
  }
  events.push({ at: now(), session: session('member-0'), kind: 'ok', op: op(0), output: null });
  const ids = [0, 1, 2].map((n) => brand<MessageId>(`publisher/${n}`));
  for (const [n, message] of ids.entries()) {
    const call = { name: 'publish', input: { subject, id: message, body: utf8(`${message}${hostile}`) } } as const;
    push({ at: now(), session: session('publisher'), kind: 'invoke', op: op(10 + n), call });
    push({ at: now(), session: session('publisher'), kind: 'ok', op: op(10 + n), output: null });
  }
  const order = broken ? [1, 2, 0, 0] : [0, 1, 2];
  for (const [n, k] of order.entries()) {
    const member = session(`member-${n % 2}`);
    const message = { id: ids[k] ?? null, subject, body: utf8(`publisher/${k}${hostile}`) };
    const subscription = brand<ReceiverId>(`${member}/work@workers#0`);
    push({ at: now(), session: member, kind: 'deliver', subscription, message });
  }
  events.push({ at: now(), kind: 'settled', complete: true });
  return {
    header: {
      schema: 1,
      scenario: id.toLowerCase(),
      rows: [id],
      target,
      profile,
      parameters: {},
      seed: broken ? 1_234_567_890 : 'friendly',
      choices: [],
      versions: {},
      reference: {},
    },
    events,
  };
}

interface HistorySeed {
  readonly id: string;
  readonly target: string;
  readonly profile: string;
  readonly broken: boolean;
  readonly hostile: string;
}
