import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Asks `refusalOfOrigin`, and remembers the last host that passed: callers mostly use one. */
export function createGuard(configuredHost: string): (headers: IncomingHttpHeaders) => Refusal | undefined {
  let passed: string | undefined;
  return (headers) => {
    if (passed !== undefined && headers.host === passed && headers.origin === undefined) return undefined;
    const refusal = refusalOfOrigin(headers, configuredHost);
    if (refusal === undefined) passed = headers.host;
    return refusal;
  };
}

/**
 * Is the request one that a page in a browser could have made? Such a page can reach loopback, by a name of its own
 * that resolves there or by a cross-site request; an AWS SDK sends neither a foreign Host nor any Origin.
 */
export function refusalOfOrigin(headers: IncomingHttpHeaders, configuredHost: string): Refusal | undefined {
  const host = hostName(headers.host ?? '');
  if (!isOwnHost(host, configuredHost)) {
    return { status: 403, message: `host '${host}' is not a loopback name` };
  }
  const { origin } = headers;
  if (origin !== undefined) {
    return { status: 403, message: `origin '${origin}' may not call the emulator` };
  }
  return undefined;
}

function isOwnHost(name: string, configuredHost: string): boolean {
  return (
    name === configuredHost.toLowerCase() ||
    name === 'localhost' ||
    name === 'localhost.localstack.cloud' ||
    name.endsWith('.localhost') ||
    name.endsWith('.localhost.localstack.cloud') ||
    name === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/** The name in `name:port` or `[::1]:port`. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]+)\]/.exec(host)?.[1];
  return (bracketed ?? host.split(':')[0] ?? '').toLowerCase();
}
