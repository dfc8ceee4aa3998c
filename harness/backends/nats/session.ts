import { DefiniteError } from '#core';
import type { Session } from '#core';
import { keyValue } from './kv.ts';
import type { Buckets } from './kv.ts';
import { watching } from './kv-watch.ts';
import type { Watches } from './kv-watch.ts';
import type { Link } from './link.ts';
import { publishing } from './publish.ts';
import { requesting } from './request.ts';
import { responding } from './respond.ts';
import { subscribing } from './subscribe.ts';
import type { Receivers } from './subscribe.ts';

/** The vocabulary on one connection. */
export function createSession(link: Link, buckets: Buckets, watches: Watches): Session {
  const receivers: Receivers = new Map();
  const end = async (how: () => Promise<void>): Promise<null> => {
    watches.clear();
    await how();
    return null;
  };
  return {
    ...publishing(link),
    ...subscribing(link, receivers),
    ...requesting(link),
    ...responding(link, receivers),
    ...keyValue(link, buckets),
    ...watching(link, buckets, watches),
    flush: (_, options) => link.call(() => link.connection.flush().then(() => null), options),
    async drain() {
      if (link.connection.isClosed()) throw new DefiniteError('closed');
      return end(link.drain);
    },
    close: () => end(link.close),
    crash: () => end(link.crash),
    [Symbol.asyncDispose]: async () => {
      if (!link.connection.isClosed()) await end(link.close);
    },
  };
}
