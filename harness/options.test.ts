import { expect, test } from 'vitest';
import { UsageError } from '#core';
import { defaultOptions, isLoopback, parseConformanceOptions } from './options.ts';

test('options - nothing asked is the defaults', () => {
  expect(parseConformanceOptions([])).toEqual(defaultOptions);
});

test('options - what is asked', () => {
  const options = parseConformanceOptions(
    'kv QG-001 --target http://127.0.0.1:4566/ --profile exact --seed 7 --schedules 3 --shard 1/2 --no-baseline --json'.split(
      ' ',
    ),
  );
  expect(options).toMatchObject({
    patterns: ['kv', 'QG-001'],
    target: 'http://127.0.0.1:4566',
    profiles: ['exact'],
    seed: 7,
    schedules: 3,
    shard: '1/2',
    baseline: 'none',
    json: true,
  });
});

test.each([
  [
    ['--target', 'mars'],
    "target 'mars' is unknown: expected 'embedded', 'localstack' or a URL such as http://127.0.0.1:4566",
  ],
  [
    ['--target', 'https://sqs.us-east-1.amazonaws.com'],
    "target 'https://sqs.us-east-1.amazonaws.com' is not on this machine: expected a loopback address, since a real account would be charged",
  ],
  [
    ['--target', 'http://192.168.0.1:4566'],
    "target 'http://192.168.0.1:4566' is not on this machine: expected a loopback address, since a real account would be charged",
  ],
  [['--profile', 'nice'], "profile 'nice' is unknown: expected one of design, mended, exact, all"],
  [['--nats', 'here'], "nats 'here' is unknown: expected 'container' or a URL such as nats://127.0.0.1:4222"],
  [['--seed', '-1x'], undefined],
  [['--seed', 'one'], "--seed 'one' is not a number: expected 0 to 999999999"],
  [['--shard', '3/2'], "shard '3/2' is no shard: expected I/N with 1 ≤ I ≤ N, such as 1/2"],
  ...['MUST and (', 'MUST scale', 'or MUST', ''].map((tags): [string[], string] => [
    ['--tags', tags],
    `tags '${tags}' cannot be read: expected tags with 'and', 'or', 'not', such as 'MUST and !scale'`,
  ]),
  [
    ['--no-baseline', '--update-baseline'],
    "'--no-baseline' and '--update-baseline' were both given: expected one of them",
  ],
  [['--nope'], undefined],
])('options - %s is refused in one line', (argv, message) => {
  expect(() => parseConformanceOptions(argv)).toThrow(UsageError);
  if (message !== undefined) expect(() => parseConformanceOptions(argv)).toThrow(new UsageError(message));
});

test.each(['MUST', 'MUST and !scale', '!(kv || publish) && MUST', 'not not MUST or (SHOULD and kv)'])(
  'options - tags %s are read',
  (tags) => {
    expect(parseConformanceOptions(['--tags', tags]).tags).toBe(tags);
  },
);

test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'sqs.us-east-1.localhost.localstack.cloud', 'x.localhost'])(
  'loopback - %s is',
  (name) => expect(isLoopback(name)).toBe(true),
);

test.each(['127.0.0.1.evil.com', '10.0.0.1', 'localhost.com', 'amazonaws.com', '0.0.0.0'])(
  'loopback - %s is not',
  (name) => expect(isLoopback(name)).toBe(false),
);
