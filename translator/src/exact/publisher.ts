import type { Connection } from '../connection.ts';
import { createSerial } from '../serial.ts';
import { isRouted } from '../subject.ts';
import type { Core } from './core.ts';
import type { Envelope } from './envelope.ts';
import { createInboxSender } from './inbox.ts';
import type { InboxSender } from './inbox.ts';
import { checkPayload } from './parts.ts';
import { inboxOf } from './requests.ts';
import type { Topic } from './topic.ts';

/** The sending side of a connection. */
export interface Publisher {
  /** One message after another, in the order of the calls; replies go straight to the inbox of the requester. */
  readonly publish: Connection['publish'];
  readonly toInbox: InboxSender;
  /** Resolves once all earlier messages are with AWS or have failed. */
  readonly idle: () => Promise<void>;
}

export function createPublisher(core: Core, topic: Topic): Publisher {
  const sends = createSerial();
  const toInbox = createInboxSender(core);
  let sequence = 0;
  return {
    publish: async (subject, payload, { headers = [], reply } = {}) => {
      core.signal.throwIfAborted();
      checkPayload(payload);
      if (!isRouted(subject)) return;
      sequence += 1;
      const envelope: Envelope = {
        subject,
        headers,
        payload,
        ...(reply !== undefined && { reply }),
        publisher: core.name,
        sequence,
        publishedMs: core.clock.epochMs(),
      };
      const inbox = inboxOf(core, subject);
      await (inbox === undefined ? sends.run(() => topic.publish(envelope)) : toInbox.reply(inbox, envelope));
    },
    toInbox,
    idle: sends.idle,
  };
}
