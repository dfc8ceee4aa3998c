import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { control } from './control.ts';
import { createGuard } from './guards.ts';
import type { Refusal } from './guards.ts';
import { goneSignal, readBody, wireRequest, write } from './http-exchange.ts';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';
import type { Permits } from './permissions/permits.ts';
import { firedLine } from './fired-log.ts';
import { addressOf } from './routing.ts';
import type { Address } from './routing.ts';
import { freshSeed } from './random.ts';
import { answer } from './wire-door.ts';
import { createWorlds } from './worlds.ts';
import type { Worlds } from './worlds.ts';

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
}

/** Far above the largest request AWS takes (Lambda: 6 MB, a zipped function 50 MB as base64). */
const bodyBytesMax = 80 * 1024 * 1024;
const headerBytesMax = 32 * 1024;

/** The first door: AWS over HTTP. Listens when it resolves; disposing stops it and drops open connections. */
export async function startEmulator({
  port = 0,
  host = '127.0.0.1',
  clock = 'real',
  permit = [],
  seed = freshSeed(),
  log,
  logFired,
}: EmulatorOptions = {}): Promise<Emulator> {
  const worlds = createWorlds({
    clock,
    permissions: permit,
    seed,
    tellFired: logFired && ((id, choice) => logFired(firedLine(id, choice))),
  });
  const site: Site = { worlds, guard: createGuard(host), log };
  const server = createServer({ maxHeaderSize: headerBytesMax, keepAliveTimeout: 60_000 });
  server.on('request', (request, response) => {
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
    [Symbol.asyncDispose]: () => close(server),
  };
}

interface Site {
  readonly worlds: Worlds;
  readonly guard: ReturnType<typeof createGuard>;
  readonly log: EmulatorOptions['log'];
}

function serve(site: Site, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const refusal = site.guard(incoming.headers);
  if (refusal !== undefined) {
    refuse(incoming, outgoing, refusal);
    return;
  }
  readBody(incoming, bodyBytesMax, (body) => {
    if (body === undefined) {
      refuse(incoming, outgoing, { status: 413, message: `a body of more than ${bodyBytesMax} bytes` });
      return;
    }
    const fail = (error: unknown): void => {
      // Lost answers and bugs alike: the caller sees a connection that closes.
      outgoing.destroy(error instanceof Error && error.name !== 'AnswerLostError' ? error : undefined);
    };
    try {
      const written = answerWhole(site, wireRequest(incoming, body), outgoing);
      written?.catch(fail);
    } catch (error) {
      fail(error);
    }
  });
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, { status, message }: Refusal): void {
  incoming.resume();
  write(outgoing, {
    status,
    headers: { 'content-type': 'text/plain', connection: 'close' },
    body: `${message}\n`,
  });
}

/** Answers at once where that is possible: a promise for each request would be felt. */
function answerWhole(site: Site, request: WireRequest, outgoing: ServerResponse): Promise<void> | undefined {
  const controlled = control(site.worlds, request);
  if (controlled !== undefined) return settle(controlled, (response) => write(outgoing, response));
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
    write(outgoing, found?.response ?? unknownService(address), request.method === 'HEAD');
    if (site.log !== undefined && address !== undefined && found !== undefined) {
      const { operation, response, code } = found;
      site.log(`${address.service}.${operation} ${response.status}${code ? ` ${code}` : ''}`);
    }
  });
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
    status: address === undefined ? 400 : 501,
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

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });
}
