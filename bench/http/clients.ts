import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent } from 'node:http';
import type { RequestHandler, SdkRequest } from '../../emulator/src/doors/request-handler.ts';

export interface Clients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly events: EventBridgeClient;
  readonly dynamodb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly destroy: () => void;
}

const common = {
  region: 'us-east-1',
  credentials: { accessKeyId: '000000000000', secretAccessKey: 'any' },
  maxAttempts: 1,
} as const;

/** The SDK's clients at `url`, all on the same kept connections. */
export function createClients(url: string, connections: number): Clients {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return clientsWith(url, new NodeHttpHandler({ httpAgent: agent, requestTimeout: 60_000 }), () => agent.destroy());
}

/** The request that `send` makes, signed, as bytes with all but the address filled in. */
export async function presign(send: (clients: Clients) => Promise<unknown>, url: string): Promise<PresignedRequest> {
  let caught: SdkRequest | undefined;
  const handler: RequestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request) => {
      caught = request;
      return Promise.reject(new Error('caught'));
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  const clients = clientsWith(url, handler, () => undefined);
  await send(clients).catch(() => undefined);
  clients.destroy();
  if (caught === undefined) throw new Error('the SDK sent nothing');
  return presigned(caught);
}

/** `handle` stands in the body where a receipt handle goes that is known only then. */
export interface PresignedRequest {
  readonly bytes: (handle: string) => string;
}

/** What a step's command names where it means the handle of the message before. */
export const handlePlace = 'HANDLE-OF-THE-MESSAGE-BEFORE';

function presigned({ method, path, query = {}, headers, body }: SdkRequest): PresignedRequest {
  const text = typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';
  const search = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`);
  const lines = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
  const head = [
    `${method} ${path}${search.length === 0 ? '' : `?${search.join('&')}`} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  const [before = '', after] = text.split(handlePlace);
  const whole = (content: string): string =>
    `${head}\r\ncontent-length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
  const fixed = whole(text);
  return { bytes: (handle) => (after === undefined ? fixed : whole(`${before}${handle}${after}`)) };
}

function clientsWith(
  endpoint: string,
  requestHandler: NodeHttpHandler | RequestHandler,
  closeConnections: () => void,
): Clients {
  const options = { ...common, endpoint, requestHandler };
  const sqs = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
  const [sns, events] = [new SNSClient(options), new EventBridgeClient(options)];
  const [dynamodb, lambda] = [new DynamoDBClient(options), new LambdaClient(options)];
  return {
    sqs,
    sns,
    events,
    dynamodb,
    lambda,
    destroy: () => {
      for (const client of [sqs, sns, events, dynamodb, lambda]) client.destroy();
      closeConnections();
    },
  };
}
