import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { partOf } from '../abort.ts';
import { isQueueGone } from '../aws-error.ts';
import { randomName } from '../name.ts';
import { createSeen } from '../seen.ts';
import { createSerials } from '../serial.ts';
import type { Serials } from '../serial.ts';
import type { Core } from './core.ts';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { decodeHint, encodeHint } from './kv-hint.ts';
import type { Hint } from './kv-hint.ts';
import { createJoin, split } from './parts.ts';
import { pollQueue } from './poll.ts';
import { createFifoQueue, deleteQueue } from './queue.ts';
import { inboxOf } from './requests.ts';

/** The connection's own queue: replies to its requests, and hints that a bucket it watches has changed. */
export interface Inbox {
  /** Without the ending of FIFO queues, so that it is one token of a subject. */
  readonly name: string;
  readonly queueUrl: string;
  /** Deletes the queue. */
  readonly close: () => Promise<void>;
}

export interface InboxHandlers {
  readonly onReply: (envelope: Envelope) => void;
  readonly onHint: (hint: Hint) => void;
  /** Before each receive, so at least every 20 s. */
  readonly onTick: () => Promise<void>;
}

/** Replies and hints remembered for the removal of duplicates. */
const seenMax = 10_000;

/** Makes the queue and polls it until the connection ends. */
export async function openInbox(core: Core, { onReply, onHint, onTick }: InboxHandlers): Promise<Inbox> {
  const name = `${core.prefix}inbox-${randomName(core.random, 16)}`;
  const queueUrl = await createFifoQueue(core, `${name}.fifo`);
  const seen = createSeen(seenMax);
  const join = createJoin();
  const part = partOf(core.signal);

  function dispatch(body: string): void {
    const envelope = decodeEnvelope(body);
    if (envelope === undefined) {
      const hint = decodeHint(body);
      if (hint !== undefined) onHint(hint);
    } else if (seen.add(messageId(envelope))) {
      const whole = join(envelope);
      if (whole !== undefined) onReply(whole);
    }
  }

  const polling = pollQueue(core, {
    queueUrl,
    fifo: true,
    signal: part.signal,
    ready: async () => {
      await onTick().catch(core.onError);
      return 10;
    },
    onBatch: (messages) => {
      for (const { Body = '' } of messages) dispatch(Body);
      return Promise.resolve(messages);
    },
  });
  polling.catch(core.onError);
  return {
    name,
    queueUrl,
    close: async () => {
      part.stop();
      await polling;
      await deleteQueue(core, queueUrl);
    },
  };
}

/** Sends to the inboxes of other connections. */
export interface InboxSender {
  readonly reply: (inbox: string, envelope: Envelope) => Promise<void>;
  readonly hint: (inbox: string, hint: Hint) => Promise<void>;
  /** Where the inbox of a reply subject is: a request says it, so that nobody need ask. */
  readonly learn: (reply: string, queueUrl: string) => void;
}

interface Route {
  /** `undefined` where the inbox is gone. */
  readonly url: Promise<string | undefined>;
  /** By what they are for: one request, or the inbox itself. */
  readonly sends: Serials;
}

/**
 * Replies to one request are sent in order, and do not wait for those to others: one that is throttled would hold up all.
 * An inbox that is gone is told by nothing: nobody waits there.
 */
export function createInboxSender(core: Core): InboxSender {
  const routes = new Map<string, Route>();
  let hints = 0;

  function send(inbox: string, to: string, message: { readonly body: string; readonly id: string }): Promise<void> {
    const route = routes.get(inbox) ?? { url: queueUrl(core, `${inbox}.fifo`), sends: createSerials() };
    routes.set(inbox, route);
    return route.sends.run(to, async () => {
      const QueueUrl = await route.url;
      if (QueueUrl === undefined) return;
      const command = new SendMessageCommand({
        QueueUrl,
        MessageBody: message.body,
        MessageGroupId: core.name,
        MessageDeduplicationId: message.id,
      });
      await unlessGone(() =>
        core.hedge(() => core.retry(() => core.clients.sqs.send(command, { abortSignal: core.signal }))),
      );
    });
  }

  return {
    reply: async (inbox, envelope) => {
      await Promise.all(
        split(envelope).map((part) =>
          send(inbox, envelope.subject, { body: encodeEnvelope(part), id: messageId(part) }),
        ),
      );
    },
    hint: (inbox, hint) => {
      hints += 1;
      return send(inbox, inbox, { body: encodeHint(hint), id: `${core.name}-hint-${hints}` });
    },
    learn: (reply, queueUrl) => {
      const inbox = inboxOf(core, reply);
      if (inbox === undefined || routes.has(inbox)) return;
      routes.set(inbox, { url: Promise.resolve(queueUrl), sends: createSerials() });
    },
  };
}

/** The same for each attempt to send a message, another for each message. */
function messageId({ publisher, sequence, part }: Envelope): string {
  return `${publisher}-${sequence}${part === undefined ? '' : `-${part.index}`}`;
}

async function queueUrl({ clients, hedge, retry, signal }: Core, QueueName: string): Promise<string | undefined> {
  const command = new GetQueueUrlCommand({ QueueName });
  const answer = await unlessGone(() => hedge(() => retry(() => clients.sqs.send(command, { abortSignal: signal }))));
  return answer?.QueueUrl;
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isQueueGone(error)) return undefined;
    throw error;
  }
}
