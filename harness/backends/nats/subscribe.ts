import { setImmediate } from 'node:timers/promises';
import { DefiniteError } from '#core';
import type { Methods, ReceiverId, SubjectPattern } from '#core';
import type { Msg, Subscription } from '@nats-io/transport-node';
import type { Link } from './link.ts';
import { receivedOf } from './message.ts';

/** Subscriptions and responders of a session. */
export type Receivers = Map<ReceiverId, Subscription>;

export function subscribing(link: Link, receivers: Receivers): Pick<Methods, 'subscribe' | 'unsubscribe'> {
  return {
    async subscribe({ subscription, pattern, queue, max, handling }, { signal }) {
      const takesMs = handling?.takesMs ?? 0;
      const deliver = (message: Msg): void =>
        link.tell({ kind: 'deliver', subscription, message: receivedOf(message, link.names) });
      // Core NATS has no acknowledgement: a handler that fails has had its one attempt.
      const handle = takesMs === 0 ? deliver : oneByOne(link, deliver, takesMs);
      receivers.set(subscription, await listen(link, { pattern, queue, max, handle, signal }));
      return null;
    },
    async unsubscribe({ subscription, max }) {
      receivers.get(subscription)?.unsubscribe(max);
      return null;
    },
  };
}

/** Subscribes and waits for the server's word: what it refuses it says before it answers the flush. */
export async function listen(
  link: Link,
  options: {
    readonly pattern: SubjectPattern;
    readonly queue: string | undefined;
    readonly max?: number | undefined;
    readonly handle: (message: Msg) => void;
    readonly signal: AbortSignal;
  },
): Promise<Subscription> {
  const { pattern, queue, max, handle, signal } = options;
  const { connection, names, refusals } = link;
  const before = refusals.length;
  return link.call(
    async () => {
      const subscription = connection.subscribe(names.toServer(pattern), {
        ...(queue !== undefined && { queue }),
        ...(max !== undefined && { max }),
        callback: (error, message) => {
          if (error === null) handle(message);
        },
      });
      await connection.flush();
      // The client hands errors on through an iterator, a few turns later than the flush.
      await setImmediate();
      const refusal = refusals[before];
      if (refusal === undefined) return subscription;
      subscription.unsubscribe();
      throw new DefiniteError('invalid-subject', { cause: refusal });
    },
    { signal },
  );
}

/** A handler that works on one message at a time; what waits is lost with the session. */
function oneByOne(link: Link, deliver: (message: Msg) => void, takesMs: number): (message: Msg) => void {
  let last = Promise.resolve();
  return (message) => {
    last = last.then(() => {
      deliver(message);
      return link.pause(takesMs);
    });
    link.work(last);
  };
}
