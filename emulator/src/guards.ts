import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** The host that a server was told to listen on, and names that it may be called by besides. */
export interface OwnNames {
  readonly host: string;
  readonly allowedHosts: readonly string[];
}

/** Asks `refusalOfOrigin`, and remembers the last host that passed: callers mostly use one. */
export function createGuard(names: OwnNames): (headers: IncomingHttpHeaders) => Refusal | undefined {
  let passed: string | undefined;
  return (headers) => {
    const isPlain = headers.origin === undefined && headers['sec-fetch-site'] === undefined;
    if (isPlain && passed !== undefined && headers.host === passed) return undefined;
    const refusal = refusalOfOrigin(headers, names);
    if (refusal === undefined) passed = headers.host;
    return refusal;
  };
}

/**
 * Is the request one that a page in a browser could have made? Such a page can reach loopback, by a name of its own
 * that resolves there or by a cross-site request; an AWS SDK sends neither a foreign Host nor any Origin, and no browser's
 * account of where a request comes from.
 */
export function refusalOfOrigin(headers: IncomingHttpHeaders, names: OwnNames): Refusal | undefined {
  const host = hostName(headers.host ?? '');
  if (!isOwnHost(host, names)) {
    return { status: 403, message: `host '${host}' is not a name of the emulator; --allow-host makes it one` };
  }
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) {
    return { status: 403, message: `origin '${origin}' may not call the emulator` };
  }
  // What a person opens himself is 'none': the link that confirms a subscription.
  if (site !== undefined && site !== 'none') {
    return { status: 403, message: `a page of another site ('${site}') may not call the emulator` };
  }
  return undefined;
}

/** Does the address keep the emulator to this machine? */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isOwnHost(name: string, { host, allowedHosts }: OwnNames): boolean {
  return (
    name === host.toLowerCase() ||
    name === 'localhost.localstack.cloud' ||
    name.endsWith('.localhost') ||
    name.endsWith('.localhost.localstack.cloud') ||
    isLoopback(name) ||
    allowedHosts.includes(name) ||
    // A name can be made to resolve to anything, an address cannot.
    (!isLoopback(host) && isIP(name) !== 0)
  );
}

/** The name in `name:port` or `[::1]:port`. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(host)?.[1];
  return (bracketed ?? host.split(':')[0] ?? '').toLowerCase();
}
