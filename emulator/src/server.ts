import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { realClock } from './clock.ts';
import { control } from './control.ts';
import { createGuard } from './guards.ts';
import type { Refusal } from './guards.ts';
import { dropUnread, goneSignal, readBody, wireRequest, write } from './http-exchange.ts';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';
import type { Permits } from './permissions/permits.ts';
import { firedLine } from './fired-log.ts';
import { addressOf } from './routing.ts';
import type { Address } from './routing.ts';
import { freshSeed } from './random.ts';
import { serverLimits } from './server-limits.ts';
import type { ServerLimits } from './server-limits.ts';
import { createUnanswered, stopServer } from './stop-server.ts';
import { answer } from './wire-door.ts';
import { createWorlds } from './worlds.ts';
import type { Worlds } from './worlds.ts';

// An import makes names of all its exports, for which Node reads in its WebSocket and fetch as well: 10 ms of the start.
const { createServer } = process.getBuiltinModule('node:http');

export interface EmulatorOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** 127.0.0.1 where absent. */
  readonly host?: string;
  /** `virtual`: time stands still until `POST /_parallax/clock`. */
  readonly clock?: 'real' | 'virtual';
  /** What worlds may do that is not friendly: `'all'`, ids, or ids with rates of their own in [0, 1]. */
  readonly permit?: Permits;
  readonly seed?: number;
  /** Names beside loopback's and the host's own that a request's Host may have. */
  readonly allowedHosts?: readonly string[];
  /** What is not given is as in `serverLimits`. */
  readonly limits?: Partial<ServerLimits>;
  /** Called for every request with one line. */
  readonly log?: (line: string) => void;
  /** Called with one line for every choice that was not friendly: when, which, where, and the sentence that permits it. */
  readonly logFired?: (line: string) => void;
}

export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  readonly port: number;
  readonly seed: number;
  readonly worlds: Worlds;
  /**
   * Lets the time of a virtual clock pass, with everything that falls due on the way; returns where it has come to, in
   * epoch milliseconds. The account is 000000000000 where none is given.
   */
  readonly advance: (ms: number, options?: { readonly accountId?: string }) => Promise<number>;
}

/**
 * The first door: AWS over HTTP. Listens when it resolves; disposing stops it: calls that are being carried out get their
 * answers, long polls are cut off.
 */
export async function startEmulator({
  port = 0,
  host = '127.0.0.1',
  clock = 'real',
  permit = [],
  seed = freshSeed(),
  allowedHosts = [],
  limits: given = {},
  log,
  logFired,
}: EmulatorOptions = {}): Promise<Emulator> {
  const limits = { ...serverLimits, ...given };
  const worlds = createWorlds({
    clock,
    permissions: permit,
    seed,
    tellFired: logFired && ((id, choice) => logFired(firedLine(id, choice))),
  });
  const site: Site = { worlds, guard: createGuard({ host, allowedHosts }), limits, log };
  const server = createServer({
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: Math.min(limits.headersMs, limits.requestMs),
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
  });
  server.maxHeadersCount = limits.headersMax;
  server.maxConnections = limits.connectionsMax;
  const unanswered = createUnanswered();
  server.on('request', (request, response) => {
    unanswered.add(response);
    serve(site, request, response);
  });
  await listen(server, port, host);
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    port: bound.port,
    seed,
    worlds,
    advance: (ms, { accountId = '000000000000' } = {}) => worlds.advance(accountId, ms),
    [Symbol.asyncDispose]: () => stopServer(server, { unanswered, isBusy: worlds.isBusy, stopMs: limits.stopMs }),
  };
}

interface Site {
  readonly worlds: Worlds;
  readonly guard: ReturnType<typeof createGuard>;
  readonly limits: ServerLimits;
  readonly log: EmulatorOptions['log'];
}

function serve(site: Site, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const refusal = site.guard(incoming.headers);
  if (refusal !== undefined) {
    refuse(site, incoming, outgoing, refusal);
    return;
  }
  const { bodyBytesMax } = site.limits;
  readBody(incoming, bodyBytesMax, (body) => {
    if (body === undefined) {
      refuse(site, incoming, outgoing, { status: 413, message: `a body of more than ${bodyBytesMax} bytes` });
      return;
    }
    const { log } = site;
    const fail = (error: unknown): void => {
      // Lost answers and bugs alike: the caller sees a connection that closes.
      outgoing.destroy(error instanceof Error && error.name !== 'AnswerLostError' ? error : undefined);
      log?.(`${stamp()} ${incoming.method} ${incoming.url} dropped`);
    };
    try {
      const written = answerWhole(site, wireRequest(incoming, body), outgoing);
      written?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
}

function refuse(
  { log }: Site,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, message }: Refusal,
): void {
  incoming.resume();
  log?.(`${stamp()} ${incoming.method} ${incoming.url} ${status} ${message}`);
  write(outgoing, {
    status,
    headers: { 'content-type': 'text/plain', connection: 'close' },
    body: `${message}\n`,
  });
}

/** Answers at once where that is possible: a promise for each request would be felt. */
function answerWhole(site: Site, request: WireRequest, outgoing: ServerResponse): Promise<void> | undefined {
  const startMs = site.log && realClock.epochMs();
  const send = (response: WireResponse, what: (status: number) => string): void => {
    write(outgoing, response, request.method === 'HEAD');
    dropUnread(outgoing, site.limits.answerMs);
    if (startMs !== undefined) {
      site.log?.(`${stamp()} ${what(response.status)} ${(realClock.epochMs() - startMs).toFixed(1)} ms`);
    }
  };
  const page = (status: number): string => `${request.method} ${request.path} ${status}`;
  const controlled = control(site.worlds, request);
  if (controlled !== undefined) return settle(controlled, (response) => send(response, page));
  const address = addressOf(request);
  const answered =
    address &&
    answer(request, {
      world: site.worlds.of(address.accountId, address.region),
      address,
      endpoint: `http://${request.headers['host']}`,
      signal: goneSignal(outgoing),
    });
  return settle(answered, (found) => {
    if (found === undefined || address === undefined) send(unknownService(address), page);
    else send(found.response, (status) => callLine(address, found, status));
  });
}

function callLine(
  { accountId, region, service }: Address,
  { operation, code }: { readonly operation: string; readonly code?: string },
  status: number,
): string {
  return `${accountId} ${region} ${service}.${operation} ${status}${code ? ` ${code}` : ''}`;
}

function stamp(): string {
  return new Date(realClock.epochMs()).toISOString();
}

function settle<T>(value: T | Promise<T>, then: (value: T) => void): Promise<void> | undefined {
  if (value instanceof Promise) return value.then(then);
  then(value);
  return undefined;
}

/** No credential scope, no target, no path of ours: what AWS says depends on the endpoint, of which here is only one. */
function unknownService(address: Address | undefined): WireResponse {
  const message =
    address === undefined
      ? 'the request names no service: neither credential scope nor X-Amz-Target nor path does'
      : `the emulator has no service '${address.service}'`;
  return {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ __type: 'UnknownOperationException', message }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
