import { expect, test } from 'vitest';
import { compactJson } from './compact-json.ts';
import { entryProblem } from './entry.ts';
import { followJsonPath, isJsonPath } from './json-path.ts';
import { eventJson } from './event.ts';
import type { BusEvent } from './event.ts';
import { targetInput, unknownPlaceholders } from './target-input.ts';
import type { Occasion } from './target-input.ts';

const event: BusEvent = {
  id: 'e',
  detailType: 'd',
  source: 's',
  accountId: '111122223333',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: ['x'],
  detail: '{"id":"a\\"b","n":1,"yes":true,"object":{"k":"v"},"list":["A","B"],"items":[{"id":1},{"id":2}]}',
};
const occasion: Occasion = {
  event,
  json: eventJson(event),
  rule: { name: 'r', arn: 'arn:r' },
  ingestedMs: Date.UTC(2026, 0, 1, 0, 0, 1),
};
const InputPathsMap = {
  id: '$.detail.id',
  n: '$.detail.n',
  yes: '$.detail.yes',
  object: '$.detail.object',
  list: '$.detail.list',
  none: '$.detail.none',
};

const templates: readonly (readonly [string, string | undefined])[] = [
  [
    '{"a": <id>, "b": <n>, "c": <object>, "d": <list>, "e": <none>}',
    '{"a": "a\\"b", "b": 1, "c": {"k":"v"}, "d": ["A","B"], "e": ""}',
  ],
  ['{"a": "x/<id>/<n>/<none>"}', '{"a": "x/a\\"b/1/"}'],
  ['{"a": "<object>"}', undefined],
  ['{"a": "<list>"}', undefined],
  ['"<object> <list> <yes> <none>!"', '"{k:v} [A,B] true !"'],
  ['"one <n>"\n"two <n>"', '"one 1"\n"two 1"'],
  [
    '"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"',
    '"arn:r r 2026-01-01T00:00:01Z"',
  ],
];
test.each(templates)('template %s', (InputTemplate, expected) => {
  expect(targetInput({ Id: 't', Arn: 'a', InputTransformer: { InputPathsMap, InputTemplate } }, occasion)).toBe(
    expected,
  );
});

test('template - the event itself', () => {
  const InputTransformer = { InputTemplate: '{"e": <aws.events.event>, "j": <aws.events.event.json>}' };
  const made = JSON.parse(targetInput({ Id: 't', Arn: 'a', InputTransformer }, occasion) ?? '');
  expect(made.e).toMatchObject({ id: 'e', detailType: 'd', version: '0' });
  expect(made.e).not.toHaveProperty('detail');
  expect(made.j).toMatchObject({ 'detail-type': 'd', detail: { n: 1 } });
});

test('template - names nobody defines', () => {
  expect(unknownPlaceholders({ InputPathsMap, InputTemplate: '"<id> <what> <aws.events.rule-arn>"' })).toEqual([
    'what',
  ]);
});

test('input and input path', () => {
  expect(targetInput({ Id: 't', Arn: 'a', Input: '{"x":1}' }, occasion)).toBe('{"x":1}');
  expect(targetInput({ Id: 't', Arn: 'a', InputPath: '$.detail.list' }, occasion)).toBe('["A","B"]');
  expect(targetInput({ Id: 't', Arn: 'a', InputPath: '$.detail.list[1]' }, occasion)).toBe('"B"');
});

test.each([
  ['$', { a: 1 }, { a: 1 }],
  ['$.a.b', { a: { b: 2 } }, 2],
  ["$.a['b c']", { a: { 'b c': 3 } }, 3],
  ['$.a[1].b', { a: [{ b: 1 }, { b: 2 }] }, 2],
  ['$.a[*].b', { a: [{ b: 1 }, { b: 2 }] }, [1, 2]],
  ['$.a.b', { a: [] }, undefined],
  ['$.constructor', {}, undefined],
])('path %s', (path, root, expected) => {
  expect(isJsonPath(path)).toBe(true);
  expect(followJsonPath(path, root)).toEqual(expected);
});

test.each(['a', '$a', '$.', '$..a', '$.a[', '$.a[x]', ''])('no path: %s', (path) => {
  expect(isJsonPath(path)).toBe(false);
});

test('compact JSON keeps digits and order and drops needless escapes', () => {
  expect(compactJson(' { "b" : [ 1.50, 1e3 ], "a\\u00e9" : "x y\\n\\u0041" , "1": {} } ')).toBe(
    '{"b":[1.50,1e3],"aé":"x y\\nA","1":{}}',
  );
});

const good = { Source: 's', DetailType: 'd', Detail: '{}' };
test.each([
  [{ ...good, Source: '' }, 'InvalidArgument', 'Parameter Source is not valid. Reason: Source is a required argument.'],
  [
    { Source: 's', Detail: '{}' },
    'InvalidArgument',
    'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
  ],
  [
    { Source: 's', DetailType: 'd' },
    'InvalidArgument',
    'Parameter Detail is not valid. Reason: Detail is a required argument.',
  ],
  [{ ...good, Source: 'aws.s3' }, 'NotAuthorizedForSourceException', 'Not authorized for the source.'],
  [{ ...good, DetailType: 'd'.repeat(129) }, 'InvalidArgument', undefined],
  [{ ...good, Detail: '[]' }, 'MalformedDetail', 'Detail is malformed.'],
  [{ ...good, Detail: '"x"' }, 'MalformedDetail', 'Detail is malformed.'],
  [{ ...good, Detail: '{"n":9223372036854775808}' }, 'MalformedDetail', 'Detail is malformed.'],
  [{ ...good, Detail: `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}` }, 'MalformedDetail', 'Detail is malformed.'],
])('refuses the entry %j', (entry, code, message) => {
  const problem = entryProblem(entry);
  expect(problem?.ErrorCode).toBe(code);
  if (message !== undefined) expect(problem?.ErrorMessage).toBe(message);
});

test.each([
  good,
  { ...good, DetailType: 'd'.repeat(128) },
  { ...good, Detail: '{"n":-9223372036854775808,"s":"9223372036854775808"}' },
  { ...good, Detail: `{"a":${'['.repeat(999)}${']'.repeat(999)}}` },
])('takes the entry', (entry) => {
  expect(entryProblem(entry)).toBeUndefined();
});
