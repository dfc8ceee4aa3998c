import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { isQueueGone } from '../aws-error.ts';
import type { Connection, Header } from '../connection.ts';
import { PayloadTooLargeError } from '../errors.ts';
import { createSerial } from '../serial.ts';
import type { Serial } from '../serial.ts';
import { isRouted } from '../subject.ts';
import type { Core } from './core.ts';
import { encodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { createInboxSender } from './inbox.ts';
import type { InboxSender } from './inbox.ts';
import { checkPayload, partBytesMax } from './parts.ts';
import { inboxOf } from './requests.ts';
import type { Topic } from './topic.ts';

/** As `publish` takes it; a request says where its inbox is. */
type Outgoing = [
  subject: string,
  payload: Uint8Array,
  options?: { readonly headers?: readonly Header[]; readonly reply?: string; readonly replyQueueUrl?: string },
];

/** The sending side of a connection. */
export interface Publisher {
  /** One message after another, in the order of the calls; replies go straight to the inbox of the requester. */
  readonly publish: Connection['publish'];
  /** Straight to the queues of subscriptions, without the topic: what has a deadline does not wait for its deliveries. */
  readonly publishTo: (queueUrls: readonly string[], ...message: Outgoing) => Promise<void>;
  readonly toInbox: InboxSender;
  /** Resolves once all earlier messages are with AWS or have failed. */
  readonly idle: () => Promise<void>;
}

export function createPublisher(core: Core, topic: Topic): Publisher {
  const sends = createSerial();
  /** By queue: a send that is slow holds up what follows it there, and nothing else. */
  const queues = new Map<string, Serial>();
  const toInbox = createInboxSender(core);
  let sequence = 0;

  function envelopeOf(...[subject, payload, { headers = [], reply, replyQueueUrl } = {}]: Outgoing): Envelope {
    core.signal.throwIfAborted();
    checkPayload(payload);
    sequence += 1;
    return {
      subject,
      headers,
      payload,
      ...(reply !== undefined && { reply }),
      ...(replyQueueUrl !== undefined && { replyQueueUrl }),
      publisher: core.name,
      sequence,
      publishedMs: core.clock.epochMs(),
    };
  }

  function serialOf(queueUrl: string): Serial {
    const serial = queues.get(queueUrl) ?? createSerial();
    queues.set(queueUrl, serial);
    return serial;
  }

  return {
    publishTo: async (queueUrls, ...message) => {
      const envelope = envelopeOf(...message);
      await Promise.all(queueUrls.map((queueUrl) => serialOf(queueUrl).run(() => sendTo(core, queueUrl, envelope))));
    },
    publish: async (subject, payload, options) => {
      if (!isRouted(subject)) return;
      const envelope = envelopeOf(subject, payload, options);
      const inbox = inboxOf(core, subject);
      await (inbox === undefined ? sends.run(() => topic.publish(envelope)) : toInbox.reply(inbox, envelope));
    },
    toInbox,
    idle: async () => {
      await Promise.all([sends, ...queues.values()].map((serial) => serial.idle()));
    },
  };
}

/** As the topic would deliver it. A queue that is gone belongs to a subscription that has ended. */
async function sendTo(core: Core, QueueUrl: string, envelope: Envelope): Promise<void> {
  const { byteLength } = envelope.payload;
  if (byteLength > partBytesMax) throw new PayloadTooLargeError(byteLength, partBytesMax);
  const command = new SendMessageCommand({
    QueueUrl,
    MessageBody: encodeEnvelope(envelope),
    MessageGroupId: envelope.publisher,
    MessageDeduplicationId: `${envelope.publisher}-${envelope.sequence}`,
  });
  try {
    await core.hedge(() => core.retry(() => core.clients.sqs.send(command, { abortSignal: core.signal })));
  } catch (error) {
    if (!isQueueGone(error)) throw error;
  }
}
