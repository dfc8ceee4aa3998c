import type { Server, ServerResponse } from 'node:http';
import { realClock } from './clock.ts';

/** What a server is busy with. */
export interface Unanswered {
  readonly add: (outgoing: ServerResponse) => void;
  /** Those that are not yet with their callers. */
  readonly list: () => readonly ServerResponse[];
  /** Calls `changed` whenever one is done. */
  readonly onDone: (changed: () => void) => void;
}

export function createUnanswered(): Unanswered {
  const open = new Set<ServerResponse>();
  let changed: () => void = () => undefined;
  return {
    add: (outgoing) => {
      open.add(outgoing);
      outgoing.once('close', () => {
        open.delete(outgoing);
        changed();
      });
    },
    list: () => [...open],
    onDone: (listener) => {
      changed = listener;
    },
  };
}

/**
 * Takes no more connections, lets the calls that are being carried out have their answers, and closes the others: long
 * polls and requests that never came whole. Waits `stopMs` at most.
 */
export function stopServer(
  server: Server,
  {
    unanswered,
    isBusy,
    stopMs,
  }: { readonly unanswered: Unanswered; readonly isBusy: () => boolean; readonly stopMs: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = realClock.at(realClock.epochMs() + stopMs, () => server.closeAllConnections());
    server.close((error) => {
      cancel();
      if (error === undefined) resolve();
      else reject(error);
    });
    for (const outgoing of unanswered.list()) if (!outgoing.headersSent) outgoing.setHeader('connection', 'close');
    const closeIfDone = (): void => {
      if (!isBusy() && unanswered.list().every(({ writableEnded }) => !writableEnded)) server.closeAllConnections();
      else server.closeIdleConnections();
    };
    unanswered.onDone(closeIfDone);
    closeIfDone();
  });
}
