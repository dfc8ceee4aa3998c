import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UsageError } from '#core';
import { parseCapsule } from './capsule.ts';
import type { Capsule } from './capsule.ts';
import { expectGone, replay } from './replay.ts';

const { signal } = new AbortController();

function fixture(name: string): Capsule {
  return parseCapsule(readFileSync(new URL(`../../fixtures/capsules/${name}`, import.meta.url), 'utf8'), name);
}

const friendly = fixture('KV-005-design-compare-and-set-not-linearizable.json');
const chosen = fixture('PUB-001-design-delivery-lost.json');
const lost = fixture('PUB-002-design-no-duplicates-duplicated.json');
const [choice = { point: '', key: '', option: 0 }] = chosen.choices;

test('replay - a gap that is there fails a test in one line, and one that is gone does not', async () => {
  await expect(expectGone(friendly, { signal })).rejects.toThrow(`KV-005 design: ${friendly.anomaly.message}`);
  await expectGone({ ...friendly, profile: 'exact' }, { signal });
});

test.each<[string, Capsule, string]>([
  ['a profile', { ...friendly, profile: 'ours' }, "profile 'ours' is unknown: expected one of design, mended, exact"],
  ['a scenario', { ...friendly, scenario: 'kv/other' }, "scenario 'kv/other' is unknown: see docs/scenarios.md"],
  ['a row', { ...friendly, row: 'KV-001' }, "scenario 'kv/create-once' has no row 'KV-001': it has KV-005, KV-006"],
  ['a checker', { ...friendly, checker: 'delivery' }, "row 'KV-005' has no checker 'delivery': it has compare-and-set"],
  [
    'a parameter',
    { ...friendly, parameters: { writers: 2 } },
    "scenario 'kv/create-once' has the parameters keys, writers, and the capsule writers",
  ],
  [
    'a point',
    { ...chosen, choices: [{ ...choice, point: 'ADV-XX-01' }] },
    "point 'ADV-XX-01' is unknown: see emulator/src/permissions/",
  ],
  [
    'a key',
    { ...chosen, choices: [{ ...choice, key: 'default#9.0' }] },
    "nothing asks any more for ADV-EB-07 at 'default#9.0'",
  ],
  [
    'an option',
    { ...lost, choices: lost.choices.map(({ key }) => ({ point: 'NET-slow-request', key, option: 99 })) },
    `NET-slow-request at '${lost.choices[0]?.key}' has no option 99 any more`,
  ],
  [
    'a call',
    { ...friendly, without: [...friendly.without, 'writer-0#1'] },
    "the act has changed: kv.create of 'writer-1' where the capsule has kv.create of 'writer-0'",
  ],
])('replay - %s that the code does not know', async (_, capsule, reason) => {
  expect(await replay(capsule, { signal })).toEqual({ state: 'unfit', reason });
  await expect(expectGone(capsule, { signal })).rejects.toThrow(
    new UsageError(`the capsule no longer fits the code: ${reason}`),
  );
});
