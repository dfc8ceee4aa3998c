import type { LoadedService } from '../../emulator/src/service.ts';
import { bytesOf, draftOf, scopeOf, withBody } from './draft.ts';
import type { Aim, Draft } from './draft.ts';
import type { Random } from './random.ts';
import { jsonOf, nested, prototypeKeys, valueOf } from './values.ts';
import type { Tree } from './values.ts';

/** One request as bytes. */
export interface FuzzRequest {
  readonly kind: Kind;
  /** What it was made from: `sqs.SendMessage`. */
  readonly aims: string;
  readonly bytes: Buffer;
  /**
   * `answered`: one answer comes, and the connection may be used again. `closed`: the connection may be closed, after an
   * answer or without one; the writer says that no more is to come.
   */
  readonly ends: 'answered' | 'closed';
}

export const kinds = [
  'values',
  'bad-json',
  'wrong-protocol',
  'truncated',
  'huge-numbers',
  'prototype-keys',
  'deep-nesting',
  'invalid-utf8',
  'pipelined-garbage',
  'chunked-abuse',
  'bad-headers',
] as const;
export type Kind = (typeof kinds)[number];

export function createRequests(services: readonly LoadedService[], random: Random): () => FuzzRequest {
  const aims: readonly Aim[] = services.flatMap((service) =>
    [...service.operations.keys()].map((operation) => ({ service, operation })),
  );
  return () => {
    const aim = random.pick(aims);
    const kind = random.chance(0.4) ? 'values' : random.pick(kinds);
    const { bytes, ends = 'answered' } = spoil(kind, aim, random);
    return { kind, aims: `${aim.service.definition.name}.${aim.operation}`, bytes, ends };
  };
}

interface Spoilt {
  readonly bytes: Buffer;
  readonly ends?: FuzzRequest['ends'];
}

function spoil(kind: Kind, aim: Aim, random: Random): Spoilt {
  const draft = (input?: string): Draft => draftOf(aim, random, input);
  switch (kind) {
    case 'values':
      return { bytes: bytesOf(draft()) };
    case 'bad-json':
      return { bytes: bytesOf(withBody(draft(), damage(draft().body, random))) };
    case 'wrong-protocol':
      return { bytes: bytesOf(wrongProtocol(draft(), random)) };
    case 'truncated': {
      const whole = bytesOf(draft());
      return { bytes: whole.subarray(0, random.below(whole.length)), ends: 'closed' };
    }
    case 'huge-numbers':
      return { bytes: bytesOf(draft(hugeNumbers(aim, random))) };
    case 'prototype-keys':
      return { bytes: bytesOf(prototypes(draft(), random)) };
    case 'deep-nesting':
      return { bytes: bytesOf(draft(deep(aim, random))) };
    case 'invalid-utf8':
      return { bytes: bytesOf(invalidText(draft(), random)) };
    case 'pipelined-garbage':
      return { bytes: Buffer.concat([bytesOf(draft()), garbage(random), bytesOf(draft())]), ends: 'closed' };
    case 'chunked-abuse':
      return { bytes: chunked(draft(), random), ends: 'closed' };
    case 'bad-headers':
      return { bytes: badHeaders(draft(), random), ends: 'closed' };
    default:
      return kind satisfies never;
  }
}

/** Cuts, doubles, or changes bytes. */
function damage(body: Buffer, random: Random): Buffer {
  const at = random.below(body.length + 1);
  return random.pick([
    () => body.subarray(0, at),
    () => Buffer.concat([body, body]),
    () => Buffer.concat([body.subarray(0, at), random.bytes(3), body.subarray(at)]),
    () =>
      Buffer.concat([
        body.subarray(0, at),
        Buffer.from(random.pick(['NaN', 'undefined', "'", ',,', '}', ']', '\\u', '//'])),
      ]),
    () => Buffer.from(random.pick(['', ' ', 'null', '1', '"', '[]', 'true', '\uFEFF{}', '{"a":1,}'])),
  ])();
}

function wrongProtocol(draft: Draft, random: Random): Draft {
  const { 'x-amz-target': target = 'AmazonSQS.SendMessage', ...headers } = draft.headers;
  return random.pick<() => Draft>([
    () => ({
      ...draft,
      headers: { ...headers, 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
      path: '/service/AmazonSQS/operation/SendMessage',
    }),
    () => ({
      ...draft,
      headers: { ...headers, 'content-type': 'text/xml' },
      body: Buffer.from('<a><!DOCTYPE x [<!ENTITY y "z">]>&y;</a>'),
    }),
    () => ({ ...draft, headers: { ...draft.headers, 'content-type': 'application/x-www-form-urlencoded' } }),
    () => ({
      ...draft,
      headers: {
        ...headers,
        'x-amz-target': random.pick([
          target,
          '.',
          'AWSEvents',
          'AmazonSQS.',
          'DynamoDB_20120810.constructor',
          '..',
          'a.b.c',
        ]),
      },
    }),
    () => ({
      ...draft,
      headers: {
        ...headers,
        authorization: scopeOf(
          random.pick(['sqs', 'sns', 'events', 'dynamodb', 'lambda', 'iam', 'sts', 's3', '../x', '__proto__']),
        ),
      },
    }),
    () => ({
      ...draft,
      method: random.pick(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']),
    }),
    () => ({
      ...draft,
      path: random.pick([
        '/?Action=SendMessage',
        '/000000000000/q',
        '/queue/x/y',
        '/2015-03-31/functions/f/invocations',
        '/_parallax/clock',
        '/_parallax/x',
        '/_health',
        '//',
        '/%2e%2e/',
        '/?X-Amz-Credential=%',
      ]),
    }),
    () => ({ ...draft, headers: { ...draft.headers, 'content-encoding': random.pick(['gzip', 'aws-chunked', 'br']) } }),
  ])();
}

function hugeNumbers(aim: Aim, random: Random): string {
  const digits = random.pick([
    '9'.repeat(random.pick([20, 400, 40_000])),
    '1e999999',
    '-1e999999',
    '1e-999999',
    '0.' + '0'.repeat(5000) + '1',
    '-0',
    '9007199254740993',
    '0x10',
    '1_000',
    '01',
  ]);
  const body = jsonOf(inputOf(aim, random));
  const replaced = body.replaceAll(/(?<=[:[,])-?\d[\d.e+-]*(?=[,\]}])/g, digits);
  return replaced === body
    ? `{"MaxNumberOfMessages":${digits},"Limit":${digits},"N":{"N":"${digits.slice(0, 200)}"}}`
    : replaced;
}

function inputOf({ service: { model }, operation }: Aim, random: Random): Tree {
  const shape = model.operations[operation]?.input;
  return shape === undefined ? { members: [] } : valueOf(model, shape, random);
}

function prototypes(draft: Draft, random: Random): Draft {
  const key = random.pick(prototypeKeys);
  const body = draft.body.toString('utf8').replace(/"[A-Za-z]+"(?=:)|(?<=&)[A-Za-z.0-9]+(?==)/, `"${key}"`);
  const target = draft.headers['x-amz-target']?.split('.')[0];
  return random.pick<() => Draft>([
    () => withBody(draft, Buffer.from(body)),
    () => withBody(draft, Buffer.from(`{"${key}":{"${key}":1},"QueueUrl":{"__proto__":null}}`)),
    () =>
      target === undefined
        ? withBody(draft, Buffer.from(`Action=${key}&${key}.1.${key}=1`))
        : { ...draft, headers: { ...draft.headers, 'x-amz-target': `${target}.${key}` } },
    () => ({ ...draft, headers: { ...draft.headers, [key]: 'x' } }),
  ])();
}

/** In place of the input, of one of its members, or inside a text that is parsed later. */
function deep(aim: Aim, random: Random): string {
  const text = nested(random);
  const input = inputOf(aim, random);
  const members = input !== null && typeof input === 'object' && 'members' in input ? input.members : [];
  const raw = random.chance(0.5) ? text : JSON.stringify(text);
  if (members.length === 0) return raw;
  const spoilt = random.below(members.length);
  return jsonOf({ members: members.map(([name, value], index) => [name, index === spoilt ? { raw } : value]) });
}

function invalidText(draft: Draft, random: Random): Draft {
  const bad = random.pick([
    [0xff, 0xfe],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
    [0xe2, 0x82],
    [0x80],
  ]);
  const at = random.below(draft.body.length + 1);
  return random.pick<() => Draft>([
    () => withBody(draft, Buffer.concat([draft.body.subarray(0, at), Buffer.from(bad), draft.body.subarray(at)])),
    () =>
      withBody(draft, Buffer.from(draft.body.toString('utf8').replace(/"[^"]*"(?=[,}])/, '"\\ud800\\u0000\\udfff"'))),
    () => ({ ...draft, path: `${draft.path}?a=%ff%fe&b=%c0%80&%=%zz` }),
    () => ({ ...draft, headers: { ...draft.headers, 'x-amz-meta': 'é\u00ff' } }),
  ])();
}

function garbage(random: Random): Buffer {
  return random.pick([
    () => random.bytes(random.pick([1, 40, 400])),
    () => Buffer.from('\r\n\r\n\r\n'),
    () => Buffer.from('GET\r\n\r\n'),
    () => Buffer.from('GET / HTTP/9.9\r\n\r\n'),
    () => Buffer.from('\u0016\u0003\u0001\u0002\u0000', 'latin1'),
    () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    () => Buffer.from('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde'),
  ])();
}

function chunked({ method, path, headers, body }: Draft, random: Random): Buffer {
  const both = random.chance(0.3) ? `content-length: ${body.length}\r\n` : '';
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}transfer-encoding: ${random.pick(['chunked', 'chunked', 'chunked, chunked', 'gzip, chunked', 'xchunked'])}\r\n${both}\r\n`;
  const size = body.length.toString(16);
  const chunks = random.pick([
    [`${size}\r\n`, body, '\r\n0\r\n\r\n'],
    ['ffffffffffffffff\r\n', body],
    ['-1\r\n', body, '\r\n0\r\n\r\n'],
    ['zz\r\n', body],
    [`${size};${'x'.repeat(random.pick([10, 20_000]))}=y\r\n`, body, '\r\n0\r\n\r\n'],
    [`${size}\r\n`, body, '0\r\n\r\n'],
    [`${size}\n`, body, '\n0\n\n'],
    [`${size}\r\n`, body, `\r\n0\r\nx-trailer: ${'y'.repeat(random.pick([1, 40_000]))}\r\n\r\n`],
    ...[`1\r\n{\r\n`.repeat(500)].map((text) => [text]),
  ]);
  return Buffer.concat([Buffer.from(head, 'latin1'), ...chunks.map((chunk) => Buffer.from(chunk))]);
}

function badHeaders(draft: Draft, random: Random): Buffer {
  const [line = '', ...rest] = bytesOf(draft).toString('latin1').split('\r\n');
  const changed = random.pick([
    () => [line, `x-large: ${'x'.repeat(40_000)}`, ...rest],
    () => [line, ...Array.from({ length: 3000 }, (_, index) => `x-${index}: y`), ...rest],
    () => [line, ...rest.filter((text) => !text.startsWith('host:'))],
    () => [line, 'content-length: 1', ...rest],
    () => [line, 'content-length: -1', ...rest],
    () => [line, 'x-nul: a\u0000b', ...rest],
    () => [line, ' folded: yes', ...rest],
    () => [line, 'no colon here', ...rest],
    () => [line.replace('HTTP/1.1', random.pick(['HTTP/1.0', 'HTTP/3.7', 'HTTP/', '']))].concat(rest),
    () =>
      [
        line.replace(
          / .* /,
          ` ${random.pick(['http://evil.example/', '*', 'x'.repeat(40_000), '/\u00ff', 'no-slash'])} `,
        ),
      ].concat(rest),
    () => [line.replace(/^\S+/, random.pick(['CONNECT', 'get', 'G E T', '', 'X'.repeat(500)]))].concat(rest),
    () => [line, 'host: evil.example', ...rest.filter((text) => !text.startsWith('host:'))],
    () => [line, 'origin: https://evil.example', ...rest],
    () => [line, 'expect: 100-continue', ...rest],
    () => [line, 'upgrade: websocket', 'connection: upgrade', ...rest],
  ])();
  return Buffer.from(changed.join('\r\n'), 'latin1');
}
