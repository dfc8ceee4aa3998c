import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';

/**
 * npm run bench:http
 *
 * 32 requests in flight, raw and through the SDK, against the emulator and against a server that answers canned bytes, in
 * turns so that both see the same machine. Reports requests a second and server CPU a call.
 */
const inFlight = 32;
const rounds = 5;
const callsPerRound = 3000;

interface Target {
  readonly name: string;
  readonly url: string;
  readonly sqs: SQSClient;
  readonly cpuMs: () => Promise<number>;
  readonly child: ChildProcess;
}

const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
const emulator = await start('emulator');
const floor = await start('floor');
const url = `${emulator.url}/000000000000/q`;
const empty = `${emulator.url}/000000000000/empty`;
const raw = (operation: string, input: object) => (target: Target) => call(target.url, operation, input);
const acts: Readonly<Record<string, (target: Target) => Promise<unknown>>> = {
  'SendMessage raw': raw('SendMessage', { QueueUrl: url, MessageBody: 'hello' }),
  'SendMessage SDK': ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello' })),
  'ReceiveMessage raw': raw('ReceiveMessage', { QueueUrl: empty }),
  'ReceiveMessage SDK': ({ sqs }) => sqs.send(new ReceiveMessageCommand({ QueueUrl: empty })),
  'GetQueueAttributes raw': raw('GetQueueAttributes', { QueueUrl: empty, AttributeNames: ['QueueArn'] }),
  'GetQueueAttributes SDK': ({ sqs }) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl: empty, AttributeNames: ['QueueArn'] })),
  'GetQueueUrl raw': raw('GetQueueUrl', { QueueName: 'q' }),
  'GetQueueUrl SDK': ({ sqs }) => sqs.send(new GetQueueUrlCommand({ QueueName: 'q' })),
};
await call(emulator.url, 'CreateQueue', { QueueName: 'q' });
await call(emulator.url, 'CreateQueue', { QueueName: 'empty' });
for (const [name, act] of Object.entries(acts)) {
  const results = [
    { target: emulator, callsPerSecond: [] as number[], cpuUs: [] as number[] },
    { target: floor, callsPerSecond: [] as number[], cpuUs: [] as number[] },
  ];
  for (let round = 0; round < rounds; round += 1) {
    for (const { target, callsPerSecond, cpuUs } of results) {
      const { seconds, cpuMs } = await measure(target, act);
      callsPerSecond.push(callsPerRound / seconds);
      cpuUs.push((cpuMs * 1000) / callsPerRound);
    }
  }
  const [ours, base] = results.map(({ callsPerSecond, cpuUs }) => ({
    rate: median(callsPerSecond),
    cpu: median(cpuUs),
  }));
  if (ours === undefined || base === undefined) continue;
  console.log(
    `${name.padEnd(24)} ${ours.rate.toFixed(0)} /s, floor ${base.rate.toFixed(0)} /s (${((100 * ours.rate) / base.rate).toFixed(0)} %); ` +
      `server CPU ${ours.cpu.toFixed(0)} µs a call, floor ${base.cpu.toFixed(0)} µs`,
  );
}
agent.destroy();
for (const { child, sqs } of [emulator, floor]) {
  sqs.destroy();
  child.kill();
}

async function start(name: string): Promise<Target> {
  const child = fork(new URL('server.ts', import.meta.url), [name]);
  const { url } = await new Promise<{ readonly url: string }>((resolve) => child.once('message', resolve));
  const cpuMs = async (): Promise<number> => {
    const answer = new Promise<{ readonly cpuMs: number }>((resolve) => child.once('message', resolve));
    child.send('cpu');
    return (await answer).cpuMs;
  };
  const sqs = new SQSClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'x' },
    requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: inFlight }) }),
  });
  return { name, url, sqs, cpuMs, child };
}

async function measure(
  target: Target,
  act: (target: Target) => Promise<unknown>,
): Promise<{ readonly seconds: number; readonly cpuMs: number }> {
  const cpuBefore = await target.cpuMs();
  const startMs = performance.now();
  let left = callsPerRound;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await act(target);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startMs) / 1000;
  return { seconds, cpuMs: (await target.cpuMs()) - cpuBefore };
}

function call(url: string, operation: string, input: object): Promise<void> {
  const body = JSON.stringify(input);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amz-target': `AmazonSQS.${operation}`,
    authorization:
      'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
