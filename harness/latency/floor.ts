import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { range, realClock, sleep } from '#core';
import type { LatencySummary } from '#core';
import { summariseLatency } from '../report/latency.ts';

/** A valid answer to any `SendMessage` whose body is `floor`: the MD5 is the one that the SDK checks. */
const canned = JSON.stringify({
  MessageId: '00000000-0000-4000-8000-000000000000',
  MD5OfMessageBody: '7515875808ef6219fa6fd725e2105588',
});

/**
 * What the client alone costs: one SDK call to a server that only gives a canned valid answer, as often and as far
 * apart as the measured rounds. Every round on AWS holds at least one such call.
 */
export async function measureFloor({
  rounds,
  periodMs,
  signal,
}: {
  readonly rounds: number;
  readonly periodMs: number;
  readonly signal: AbortSignal;
}): Promise<LatencySummary | undefined> {
  await using server = await serveCanned();
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  try {
    const call = () => client.send(new SendMessageCommand({ QueueUrl: `${server.url}/0/floor`, MessageBody: 'floor' }));
    await call();
    const samples: number[] = [];
    const startMs = realClock.epochMs();
    for (const index of range(rounds)) {
      const intendedMs = startMs + index * periodMs;
      const waitMs = intendedMs - realClock.epochMs();
      if (waitMs > 0) await sleep(realClock, waitMs, { signal });
      await call();
      samples.push(realClock.epochMs() - intendedMs);
    }
    return summariseLatency(samples);
  } finally {
    client.destroy();
  }
}

async function serveCanned(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(canned);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!isAddress(address)) throw new Error('the floor server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
