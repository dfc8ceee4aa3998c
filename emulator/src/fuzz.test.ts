import { request } from 'node:http';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  dictionary,
  json,
  oneof,
  record,
  string,
  uint8Array,
} from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { serviceNames } from './loader.ts';

/** Requests that no SDK would send: whatever they are, they are answered, and the server stays up. `npm run fuzz` does more. */
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed: 1 });
});

afterAll(async () => {
  await emulator[Symbol.asyncDispose]();
});

interface Wire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

function send({ method, path, headers, body }: Wire): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${emulator.url}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const services = serviceNames();
const scope = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

const targets = constantFrom(
  'AmazonSQS.SendMessage',
  'AmazonSQS.ReceiveMessage',
  'AmazonSQS.',
  'AWSEvents.PutEvents',
  'AWSEvents.PutRule',
  'DynamoDB_20120810.PutItem',
  'DynamoDB_20120810.CreateTable',
  'DynamoDBStreams_20120810.GetRecords',
  'Nonsense.Operation',
  '__proto__.constructor',
  'AmazonSQS.constructor',
);

const members = dictionary(
  constantFrom(
    'QueueUrl',
    'QueueName',
    'MessageBody',
    'Entries',
    'TableName',
    'Item',
    'Key',
    'Name',
    'Attributes',
    '__proto__',
  ),
  oneof(
    json().map((text) => JSON.parse(text) as unknown),
    constant(null),
    string(),
  ),
);

const jsonCall = record({
  target: targets,
  body: oneof(
    json(),
    string(),
    members.map((value) => JSON.stringify(value)),
  ),
}).map(({ target, body }): Wire => ({
  method: 'POST',
  path: '/',
  headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
  body,
}));

const names = constantFrom(
  'Action',
  'Version',
  'QueueUrl',
  'Entries.1.Id',
  'Attribute.1.Name',
  'Tag.x.Key',
  'a.b.c',
  'TopicArn',
  '',
);
const queryCall = record({
  service: constantFrom(...services),
  parameters: array(
    record({
      name: names,
      value: oneof(string(), constantFrom('SendMessage', 'CreateTopic', 'GetCallerIdentity', 'ListRoles')),
    }),
  ),
}).map(({ service, parameters }): Wire => ({
  method: 'POST',
  path: '/',
  headers: { authorization: scope(service), 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(parameters.map(({ name, value }): [string, string] => [name, value])).toString(),
}));

const restCall = record({
  method: constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
  path: oneof(
    constantFrom(
      '/2015-03-31/functions/%',
      '/2015-03-31/functions',
      '/2015-03-31/functions/a/invocations',
      '/000000000000/q',
      '/queue/x/y',
      '/_parallax/clock',
      '/_parallax/x',
    ),
    string().map((text) => `/${encodeURIComponent(text.toWellFormed())}`),
  ),
  body: oneof(json(), uint8Array({ maxLength: 64 })),
  authorization: constantFrom('', 'AWS4-HMAC-SHA256 Credential=', 'Credential=////', scope('lambda'), scope('sqs')),
}).map(({ method, path, body, authorization }): Wire => ({ method, path, headers: { authorization }, body }));

test('fuzz - whatever comes is answered, and never as a failure of ours', async () => {
  await assert(
    asyncProperty(oneof(jsonCall, queryCall, restCall), async (wire) => {
      const { status, text } = await send(wire);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(text).not.toContain('InternalFailure');
      expect(status === 500, text).toBe(false);
    }),
    { numRuns: 200 },
  );
  const health = await send({ method: 'GET', path: '/_health', headers: {}, body: '' });
  expect(health.status).toBe(200);
});

test('fuzz - deep nesting, a foreign host and too large headers are refused', async () => {
  const deep = await send({
    method: 'POST',
    path: '/',
    headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' },
    body: '['.repeat(100_000),
  });
  expect(deep.status).toBe(400);
  expect(deep.text).toContain('SerializationException');
  expect((await send({ method: 'GET', path: '/', headers: { host: 'evil.example' }, body: '' })).status).toBe(403);
  const large = await send({ method: 'GET', path: '/', headers: { 'x-large': 'x'.repeat(40_000) }, body: '' });
  expect(large.status).toBe(431);
});
