import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brand, formatEvents, UsageError } from '#core';
import type { HistoryEvent, Nanos } from '#core';
import { CapsuleVersionError, formatCapsule, parseCapsule } from './capsule.ts';
import type { Capsule } from './capsule.ts';

const events: readonly HistoryEvent[] = [{ at: brand<Nanos>(0), kind: 'settled', complete: true }];

const capsule: Capsule = {
  schema: 2,
  scenario: 'queue-group/exclusive-delivery',
  row: 'QG-001',
  profile: 'design',
  checker: 'exclusive-delivery',
  parameters: { members: 1 },
  without: ['member-0#1'],
  choices: [{ point: 'ADV-SQS-01', key: 'queue#0', option: 1 }],
  anomaly: { kind: 'duplicated', message: 'twice', evidence: [0] },
  digest: hash('sha256', formatEvents(events)),
  foundBy: { seed: 1, versions: { node: '24.0.0' } },
  shrunk: { operations: 20, choices: 12, tried: 40, isMinimal: true },
  events,
};

test('capsule - what is written is read again', () => {
  expect(parseCapsule(formatCapsule(capsule), 'one.json')).toEqual(capsule);
});

test.each([
  ['cut short', formatCapsule(capsule).slice(0, 100), "capsule 'x.json' is no JSON: it was cut short or edited"],
  ['an array', '[]', "capsule 'x.json' is no object: expected what 'parallax explore' wrote"],
  ['no version', '{}', "capsule 'x.json' has schema none: expected 2"],
  [
    'edited choices',
    JSON.stringify({ ...capsule, choices: [{ point: 1 }] }),
    "capsule 'x.json' has no valid 'choices': expected a list of {point, key, option}, options from 1",
  ],
  [
    'edited events',
    JSON.stringify({ ...capsule, events: [{ at: 1, kind: 'settled', complete: true }] }),
    "capsule 'x.json' was edited: its events are not those of its digest",
  ],
  [
    'evidence of no event',
    JSON.stringify({ ...capsule, anomaly: { ...capsule.anomaly, evidence: [1] } }),
    "capsule 'x.json' has evidence 1: expected indexes of its 1 events",
  ],
])('capsule - %s', (_, text, message) => {
  expect(() => parseCapsule(text, 'x.json')).toThrow(new UsageError(message));
});

test('capsule - another version can be read and no longer fits', () => {
  expect(() => parseCapsule(JSON.stringify({ ...capsule, schema: 1 }), 'x.json')).toThrow(
    new CapsuleVersionError("capsule 'x.json' has schema 1: expected 2, as 'parallax explore' writes it now"),
  );
});

describe('capsule.schema.json', () => {
  const schema: object = JSON.parse(readFileSync(new URL('./capsule.schema.json', import.meta.url), 'utf8'));
  const isValid = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);
  const folder = fileURLToPath(new URL('../../fixtures/capsules/', import.meta.url));
  const files = readdirSync(folder);

  test.for(files)('describes %s', (name) => {
    expect(isValid(JSON.parse(readFileSync(folder + name, 'utf8'))), JSON.stringify(isValid.errors)).toBe(true);
  });

  const anything = fc.oneof(
    fc.constantFrom(undefined, null, true, 0, 1, -1, 1.5, '', 'text', 'writer#0', [], [0], [1.5], ['a#1'], ['a'], {}),
    fc.constantFrom(
      { node: 1 },
      { node: 'a' },
      [{ point: 'A', key: '', option: 1 }],
      [{ point: 'A', key: 'k', option: 0 }],
    ),
  );
  const paths = pathsOf(capsule).filter(([first]) => first !== 'events');

  test('and the reader refuse the same, whatever one member becomes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.option(fc.constantFrom('more', 'evidence', '#')),
        anything,
        (path, beside, value) => {
          const damaged = replaced(capsule, beside === null ? path : [...path.slice(0, -1), beside], value);
          const text = JSON.stringify(damaged);
          const reads = isRead(text);
          expect({ text, valid: isValid(JSON.parse(text)) }).toEqual({ text, valid: reads });
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

/** Whether the reader takes it; evidence that names no event is beyond a schema. */
function isRead(text: string): boolean {
  try {
    parseCapsule(text, 'x.json');
    return true;
  } catch (error) {
    if (error instanceof CapsuleVersionError) return false;
    if (!(error instanceof UsageError)) throw error;
    return /has evidence|is none|was edited/.test(error.message);
  }
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [[name], ...pathsOf(member).map((rest) => [name, ...rest])]);
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === name ? replaced(item, rest, by) : item));
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return { ...(typeof value === 'object' ? value : {}), [name]: replaced(member, rest, by) };
}
