import { range, seededRandom, utf8 } from '#core';
import type { Base64, History, Input } from '#core';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

/**
 * A valid history of one bucket, from a seed: each call takes effect at a random time between its invocation and its end,
 * some ends are lost, and the calls of a lost end may have had their effect or not. For tests.
 */
export function generateKeys(seed: number, { calls = 60, sessions = 4 } = {}): History {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
  const writer = writeHistory();
  const bucket = createBucket();
  const busy = new Map<string, Step[]>();
  writer.call('s0', 'kv.open', { bucket: 'b' }).ok(null);
  let begun = 0;
  while (begun < calls || busy.size > 0) {
    const session = `s${Math.floor(random() * sessions)}`;
    const steps = busy.get(session);
    const step = steps?.shift();
    if (step !== undefined) step();
    else if (steps !== undefined) busy.delete(session);
    else if (begun < calls) {
      busy.set(session, begin(writer, bucket, { session, pick, random, value: utf8(`v${begun}`) }));
      begun += 1;
    }
  }
  writer.settled();
  return writer.history();
}

type Step = () => void;

interface Held {
  readonly value: Base64 | null;
  readonly revision: number;
}

function createBucket() {
  const keys = new Map<string, Held>();
  let revision = 0;
  return {
    get: (key: string): Held | undefined => keys.get(key),
    write(key: string, value: Base64 | null): number {
      revision += 1;
      keys.set(key, { value, revision });
      return revision;
    },
  };
}

function begin(
  writer: HistoryWriter,
  bucket: ReturnType<typeof createBucket>,
  {
    session,
    pick,
    random,
    value,
  }: {
    readonly session: string;
    readonly pick: <T>(items: readonly [T, ...T[]]) => T;
    readonly random: () => number;
    readonly value: Base64;
  },
): Step[] {
  const key = pick(['k1', 'k2']);
  const target = { bucket: 'b', key };
  const what = pick(['put', 'get', 'get', 'create', 'update', 'update', 'delete'] as const);
  const isLost = random() < 0.1;
  const happens = !isLost || random() < 0.5;
  if (what === 'get') {
    const call = writer.call(session, 'kv.get', target);
    let seen: Held | undefined;
    return [
      () => void (seen = bucket.get(key)),
      () =>
        void call.ok(
          seen === undefined || seen.value === null
            ? null
            : { key, value: seen.value, revision: seen.revision, operation: 'PUT' },
        ),
    ];
  }
  const expected = what === 'update' ? Math.max(0, (bucket.get(key)?.revision ?? 0) - pick([0, 0, 0, 1])) : undefined;
  const call = open(writer, session, what, { ...target, value, revision: expected ?? 0 });
  let written: number | undefined;
  const steps: Step[] = range(happens ? 1 : 0).map(() => () => {
    const held = bucket.get(key);
    const free = what !== 'create' || held === undefined || held.value === null;
    if (!free || (expected !== undefined && (held?.revision ?? 0) !== expected)) return;
    written = bucket.write(key, what === 'delete' ? null : value);
  });
  steps.push(() => {
    if (isLost) call.info('timeout');
    else if (written === undefined) call.fail('wrong-revision');
    else call.ok(written);
  });
  return steps;
}

function open(
  writer: HistoryWriter,
  session: string,
  what: 'put' | 'create' | 'update' | 'delete',
  { revision, ...input }: Input<'kv.update'>,
) {
  if (what === 'delete') {
    const call = writer.call(session, 'kv.delete', { bucket: input.bucket, key: input.key });
    return { ...call, ok: () => call.ok(null) };
  }
  const call =
    what === 'update'
      ? writer.call(session, 'kv.update', { ...input, revision })
      : writer.call(session, what === 'put' ? 'kv.put' : 'kv.create', input);
  return { ...call, ok: (written: number) => call.ok({ revision: written }) };
}
