import { expect, test } from 'vitest';
import { brand, UsageError } from '#core';
import type { Nanos } from '#core';
import { formatCapsule, parseCapsule } from './capsule.ts';
import type { Capsule } from './capsule.ts';
import { createDistinctCounter } from './distinct.ts';
import { smaller } from './shrink.ts';

const capsule: Capsule = {
  schema: 1,
  scenario: 'queue-group/exclusive-delivery',
  row: 'QG-001',
  profile: 'design',
  checker: 'exclusive-delivery',
  parameters: { members: 1 },
  choices: [{ point: 'ADV-SQS-01', key: 'queue#0', option: 1 }],
  anomaly: { kind: 'duplicated', message: 'twice', evidence: [0] },
  digest: 'a'.repeat(64),
  events: [{ at: brand<Nanos>(0), kind: 'settled', complete: true }],
  foundBy: { seed: 1, versions: {} },
};

test('capsule - what is written is read again', () => {
  expect(parseCapsule(formatCapsule(capsule), 'one.json')).toEqual(capsule);
});

test.each([
  ['cut short', formatCapsule(capsule).slice(0, 100), "capsule 'x.json' is no JSON: it was cut short or edited"],
  ['another schema', JSON.stringify({ ...capsule, schema: 2 }), "capsule 'x.json' has schema '2': expected 1"],
  [
    'edited choices',
    JSON.stringify({ ...capsule, choices: [{ point: 1 }] }),
    "capsule 'x.json' has no valid 'choices'",
  ],
  ['an array', '[]', "capsule 'x.json' is no object: expected what 'parallax explore' wrote"],
])('capsule - %s', (_, text, message) => {
  expect(() => parseCapsule(text, 'x.json')).toThrow(new UsageError(message));
});

test('shrinking - one whole number at a time, never below 1, texts stay', () => {
  expect(smaller({ members: 4, name: 'a', deep: { n: 2 } })).toEqual([
    { members: 1, name: 'a', deep: { n: 2 } },
    { members: 2, name: 'a', deep: { n: 2 } },
    { members: 3, name: 'a', deep: { n: 2 } },
    { members: 4, name: 'a', deep: { n: 1 } },
  ]);
  expect(smaller({ n: 1 })).toEqual([]);
});

test('distinct - counts different digests, and shards merge exactly', () => {
  const digest = (n: number): string => (n * 2654435761).toString(16).padStart(64, '0').slice(-8).padEnd(64, '0');
  const [one, other, both] = [createDistinctCounter(), createDistinctCounter(), createDistinctCounter()];
  for (let n = 0; n < 2_000; n += 1) {
    (n % 2 === 0 ? one : other).add(digest(n));
    both.add(digest(n));
    both.add(digest(n));
  }
  one.merge(other.state);
  expect(one.state).toEqual(both.state);
  expect(Math.abs(both.count() - 2_000)).toBeLessThan(20);
});
