import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brand } from './brand.ts';
import { UsageError } from './errors.ts';
import type { History, HistoryEvent } from './history.ts';
import { formatHistory, parseHistory } from './history-codec.ts';

const header: History['header'] = {
  schema: 1,
  scenario: 'kv/create-once',
  rows: ['KV-005'],
  target: 'embedded',
  profile: 'exact',
  parameters: { writers: 4 },
  seed: 7,
  choices: [{ point: 'ADV-SQS-01', key: 'queue 1', option: 2 }],
  versions: { node: '24' },
  reference: { 'KV-005': { error: 'wrong-revision' } },
};

const id = fc.stringMatching(/^[a-z0-9/#@ .>*-]{1,12}$/);
const at = fc.nat();
const event: fc.Arbitrary<HistoryEvent> = fc.oneof(
  fc.record({ at, session: id, kind: fc.constant('ok'), op: id, output: fc.jsonValue() }),
  fc.record({ at, session: id, kind: fc.constantFrom('fail', 'info'), op: id, error: id }),
  fc.record({
    at,
    session: id,
    kind: fc.constant('invoke'),
    op: id,
    call: fc.record({ name: fc.constant('kv.get'), input: fc.record({ bucket: id, key: fc.string() }) }),
  }),
  fc.record({
    at,
    session: id,
    kind: fc.constant('deliver'),
    subscription: id,
    message: fc.record({ id: fc.option(id), subject: fc.string(), body: fc.base64String() }),
  }),
  fc.record({ at, kind: fc.constant('settled'), complete: fc.boolean() }),
) as fc.Arbitrary<HistoryEvent>;

test('reads what it writes', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      expect(parseHistory(formatHistory({ header, events }), 'h.jsonl')).toEqual(
        JSON.parse(JSON.stringify({ header, events })),
      );
    }),
  );
});

test('an event a line, after the header, and a line end at the end', () => {
  const settled = { at: brand<HistoryEvent['at']>(5), kind: 'settled', complete: true } as const;
  expect(formatHistory({ header, events: [settled] })).toBe(
    `${JSON.stringify(header)}\n{"at":5,"kind":"settled","complete":true}\n`,
  );
});

describe('names file and line of', () => {
  const first = JSON.stringify(header);
  test.each([
    ['an empty file', '', 1],
    ['a header that is none', '{"schema":2}\n', 1],
    ['a header of another schema', `${JSON.stringify({ ...header, schema: 2 })}\n`, 1],
    ['a line cut short', `${first}\n{"at":1,"kind":"settled","complete":true}\n{"at":2,"ki`, 3],
    ['an empty line', `${first}\n\n{"at":1,"kind":"settled","complete":true}\n`, 2],
    ['an event without a time', `${first}\n{"kind":"settled","complete":true}\n`, 2],
    ['an event of an unknown kind', `${first}\n{"at":1,"kind":"vanish","session":"a"}\n`, 2],
    ['an event without its members', `${first}\n{"at":1,"kind":"deliver","session":"a"}\n`, 2],
    [
      'a call of an unknown operation',
      `${first}\n{"at":1,"kind":"invoke","session":"a","op":"0","call":{"name":"kv.drop","input":{}}}\n`,
      2,
    ],
    ['a call that is none', `${first}\n{"at":1,"kind":"invoke","session":"a","op":"0","call":"publish"}\n`, 2],
    [
      'a message without its body',
      `${first}\n{"at":1,"kind":"deliver","session":"a","subscription":"s","message":{"id":null}}\n`,
      2,
    ],
  ])('%s', (_, text, line) => {
    expect(() => parseHistory(text, 'h.jsonl')).toThrow(UsageError);
    expect(() => parseHistory(text, 'h.jsonl')).toThrow(`history h.jsonl:${line}: `);
  });
});
