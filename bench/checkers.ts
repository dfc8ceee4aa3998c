import { brand, range, utf8 } from '#core';
import type {
  History,
  HistoryEvent,
  MessageId,
  Nanos,
  OpId,
  ReceiverId,
  SessionId,
  Subject,
  SubjectPattern,
} from '#core';
import { delivery, perPublisherOrder } from '#checkers';
import { writeMeasured } from './measured.ts';

/**
 * npm run bench:checkers [-- --keep]
 *
 * A million events judged for delivery and order, each time a history that no checker has seen: what `check` does after a
 * long run. In CPU time, collector included.
 */
const eventsWanted = 1_000_000;
const publishers = 4;
const subscribers = 3;
const rounds = 7;
const statesMax = 1_000_000;

const subject = brand<Subject>('work.orders.normal.task');
const events = eventsOf(eventsWanted);
const costs = range(rounds).map(() => {
  const history = historyOf(events);
  const before = process.cpuUsage();
  for (const checker of [delivery(), perPublisherOrder()]) {
    const { valid } = checker.check(history, { statesMax });
    if (valid !== true) throw new Error(`'${checker.name}' is ${valid} on a history without fault`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
});
const [first = Number.NaN] = costs;
const medianMs = costs.toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN;
console.log(
  `${events.length} events: first ${first.toFixed(0)} ms CPU, median of ${rounds} ${medianMs.toFixed(0)} ms CPU`,
);
if (process.argv.includes('--keep')) {
  await writeMeasured('checkers', { events: events.length, firstMs: first, medianMs });
}

function historyOf(all: readonly HistoryEvent[]): History {
  const header = {
    schema: 1 as const,
    scenario: 'bench/checkers',
    rows: [],
    target: 'nats',
    profile: 'nats',
    parameters: {},
    seed: 'friendly' as const,
    choices: [],
    versions: {},
    reference: {},
  };
  return { header, events: all };
}

/** Publishers in turns, each message accepted and then delivered to every subscriber. */
function eventsOf(count: number): readonly HistoryEvent[] {
  const all: HistoryEvent[] = [];
  let operations = 0;
  let at = 0;
  const now = (): Nanos => brand<Nanos>((at += 1000));
  const nextOp = (): OpId => brand<OpId>(`${operations++}`);
  const subscriptions = range(subscribers).map((index) => {
    const session = brand<SessionId>(`subscriber-${index}`);
    const subscription = brand<ReceiverId>(`${session}/${subject}#0`);
    const op = nextOp();
    const input = { subscription, pattern: brand<SubjectPattern>(subject) };
    all.push({ at: now(), session, kind: 'invoke', op, call: { name: 'subscribe', input } });
    all.push({ at: now(), session, kind: 'ok', op, output: null });
    const flush = nextOp();
    all.push({ at: now(), session, kind: 'invoke', op: flush, call: { name: 'flush', input: {} } });
    all.push({ at: now(), session, kind: 'ok', op: flush, output: null });
    return { session, subscription };
  });
  for (let message = 0; all.length < count - publishers * 2 - 1; message += 1) {
    const session = brand<SessionId>(`publisher-${message % publishers}`);
    const id = brand<MessageId>(`${session}/${Math.floor(message / publishers)}`);
    const body = utf8(id);
    const op = nextOp();
    all.push({ at: now(), session, kind: 'invoke', op, call: { name: 'publish', input: { subject, id, body } } });
    all.push({ at: now(), session, kind: 'ok', op, output: null });
    for (const receiver of subscriptions) {
      all.push({ at: now(), kind: 'deliver', ...receiver, message: { subject, body, id } });
    }
  }
  for (const index of range(publishers)) {
    const session = brand<SessionId>(`publisher-${index}`);
    const op = nextOp();
    all.push({ at: now(), session, kind: 'invoke', op, call: { name: 'flush', input: {} } });
    all.push({ at: now(), session, kind: 'ok', op, output: null });
  }
  all.push({ at: now(), kind: 'settled', complete: true });
  return all;
}
