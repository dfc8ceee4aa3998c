import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { dropUnread, write } from './http-exchange.ts';
import { startEmulator } from './index.ts';
import type { EmulatorOptions } from './index.ts';

async function socketTo(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket.on('error', () => undefined);
}

/** All that comes until the connection is closed. */
async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end').catch(() => undefined);
  socket.destroy();
  return Buffer.concat(chunks).toString('latin1');
}

const call = (operation: string, input: object): string => {
  const body = JSON.stringify(input);
  return `POST / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-amz-target: AmazonSQS.${operation}\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

const shortly: EmulatorOptions['limits'] = { headersMs: 20, requestMs: 20, idleMs: 20, checkMs: 5 };

test.each([
  ['headers that never end', 'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: '],
  ['a body that never ends', 'POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9\r\n\r\n{'],
])('server - a slow caller is timed out: %s', async (_, text) => {
  await using emulator = await startEmulator({ limits: shortly });
  const socket = await socketTo(emulator.port);
  socket.write(text);
  expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test('server - a connection that asks nothing more is closed', async () => {
  await using emulator = await startEmulator({ limits: shortly });
  const socket = await socketTo(emulator.port);
  socket.write(call('ListQueues', {}));
  expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

test('server - no more connections than allowed', async () => {
  await using emulator = await startEmulator({ limits: { connectionsMax: 1 } });
  const first = await socketTo(emulator.port);
  const second = await socketTo(emulator.port);
  expect(await readToEnd(second)).toBe('');
  first.destroy();
});

test.each([
  ['said', 'content-length: 2000\r\n\r\n'],
  ['sent', `transfer-encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2000)}\r\n`],
])('server - a body longer than allowed is refused, as %s', async (_, rest) => {
  await using emulator = await startEmulator({ limits: { bodyBytesMax: 1000, requestMs: 100, checkMs: 5 } });
  const socket = await socketTo(emulator.port);
  socket.write(`POST / HTTP/1.1\r\nhost: 127.0.0.1\r\n${rest}`);
  expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 413 /);
});

test('server - an answer that nobody reads does not stay for ever', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<boolean>();
  const server = createServer((_, outgoing) => {
    outgoing.on('close', () => resolve(outgoing.writableFinished));
    write(outgoing, { status: 200, headers: {}, body: Buffer.alloc(50_000_000) });
    dropUnread(outgoing, 20);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const socket = await socketTo(typeof bound === 'object' && bound !== null ? bound.port : 0);
  socket.write('GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  expect(await closed).toBe(false);
  socket.destroy();
  server.close();
});

test('server - stops with the answers of what it was carrying out, and without waiting for long polls', async () => {
  const emulator = await startEmulator();
  const create = await socketTo(emulator.port);
  create.write(call('CreateQueue', { QueueName: 'q' }));
  await once(create, 'data');
  create.destroy();
  const poll = await socketTo(emulator.port);
  poll.write(call('ReceiveMessage', { QueueUrl: `${emulator.url}/000000000000/q`, WaitTimeSeconds: 20 }));
  const polled = readToEnd(poll);
  const list = await socketTo(emulator.port);
  list.write(call('ListQueues', {}));
  const listed = readToEnd(list);
  const world = emulator.worlds.of('000000000000', 'us-east-1');
  while (world.parked() === 0 || (world.requests()['sqs.ListQueues'] ?? 0) === 0) await new Promise(setImmediate);
  await emulator[Symbol.asyncDispose]();
  expect(await listed).toMatch(/^HTTP\/1\.1 200 /);
  expect(await polled).toBe('');
});

test('server - a line for every request, whatever became of it', async () => {
  const lines: string[] = [];
  await using emulator = await startEmulator({ log: (line) => lines.push(line) });
  const authorization = 'AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/sqs/aws4_request';
  await fetch(`${emulator.url}/?Action=ListQueues`, { headers: { authorization } });
  await fetch(`${emulator.url}/?Action=GetQueueUrl&QueueName=none`, { headers: { authorization } });
  await fetch(`${emulator.url}/_health`);
  await fetch(`${emulator.url}/_health`, { headers: { origin: 'https://evil.example' } });
  expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, '').replace(/ [\d.]+ ms$/, ''))).toEqual([
    '111111111111 eu-west-1 sqs.ListQueues 200',
    '111111111111 eu-west-1 sqs.GetQueueUrl 400 QueueDoesNotExist',
    'GET /_health 200',
    "GET /_health 403 origin 'https://evil.example' may not call the emulator",
  ]);
});
