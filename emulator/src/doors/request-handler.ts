import type { WireRequest } from '../protocols/protocol.ts';
import { addressOf } from '../routing.ts';
import { answer } from '../wire-door.ts';
import type { OwnedWorld } from '../owned-world.ts';
import type { Answered } from '../wire-door.ts';
import { asConnectionLost } from './sdk-error.ts';

/** The parts of an SDK request that are read. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol?: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What an SDK v3 client takes as `requestHandler`. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: 'http/1.1' };
  readonly handle: (
    request: SdkRequest,
    options?: { readonly abortSignal?: unknown },
  ) => Promise<{ readonly response: SdkResponse }>;
  readonly destroy: () => void;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
}

/** The second door: an SDK v3 client's requests reach the world as bytes, without a socket. */
export function requestHandler(world: OwnedWorld): RequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (request, { abortSignal } = {}) => {
      const signal = isAbortSignal(abortSignal) ? abortSignal : never;
      if (signal.aborted) throw abortError();
      return { response: await handle(world, request, signal) };
    },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

const never = new AbortController().signal;

async function handle(world: OwnedWorld, sdkRequest: SdkRequest, signal: AbortSignal): Promise<SdkResponse> {
  const request = wireRequest(sdkRequest);
  const address = addressOf(request);
  const place = address && world.sibling({ region: address.region });
  if (address === undefined || place === undefined) throw new Error(`no service at '${sdkRequest.path}'`);
  const answered = await answerOrLose(request, {
    world: place,
    address,
    endpoint: `${sdkRequest.protocol ?? 'https:'}//${request.headers['host']}`,
    signal: () => signal,
  });
  if (answered === undefined) throw new Error(`the emulator has no service '${address.service}'`);
  if (signal.aborted) throw abortError();
  const { status, headers } = answered.response;
  const body = bytesOf(answered.response.body);
  return { statusCode: status, headers: { ...headers, 'content-length': String(body.length) }, body };
}

async function answerOrLose(...call: Parameters<typeof answer>): Promise<Answered | undefined> {
  try {
    return await answer(...call);
  } catch (error) {
    if (error instanceof Error && error.name === 'AnswerLostError') throw asConnectionLost(new Error(error.message));
    throw error;
  }
}

function wireRequest({ method, hostname, port, path, query, headers, body }: SdkRequest): WireRequest {
  const lowered: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lowered[name.toLowerCase()] = value;
  lowered['host'] ??= port === undefined ? hostname : `${hostname}:${port}`;
  return { method, path, query: queryText(query ?? {}), headers: lowered, body: bytesOf(body) };
}

function queryText(query: NonNullable<SdkRequest['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value ?? '']) parameters.append(name, String(item));
  }
  return parameters.toString();
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new Error('a streaming body is not taken without a socket');
}

function isAbortSignal(value: unknown): value is AbortSignal {
  return value instanceof AbortSignal;
}

function abortError(): Error {
  const error = new Error('Request aborted');
  error.name = 'AbortError';
  return error;
}
