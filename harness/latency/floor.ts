import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A valid answer to any `SendMessage` whose body is `floor`: the MD5 is the one that the SDK checks. */
const canned = JSON.stringify({
  MessageId: '00000000-0000-4000-8000-000000000000',
  MD5OfMessageBody: '7515875808ef6219fa6fd725e2105588',
});

/** A system that does nothing, for as long as it is held. */
export interface Floor extends AsyncDisposable {
  readonly round: () => Promise<void>;
}

/**
 * What the client alone costs: one SDK call to a server that only gives a canned valid answer. Every round on AWS holds at
 * least one such call.
 */
export async function openFloor(): Promise<Floor> {
  const server = await serveCanned();
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const QueueUrl = `${server.url}/0/floor`;
  return {
    round: async () => {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'floor' }));
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
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
