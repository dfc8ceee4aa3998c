import type { Header, Reply, ReplyContent } from '../connection.ts';
import { NoRespondersError, TimeoutError } from '../errors.ts';
import { randomName } from '../name.ts';
import { isRouted } from '../subject.ts';
import type { Core } from './core.ts';
import type { Envelope } from './envelope.ts';
import type { Registry } from './registry.ts';

/**
 * How an error of a responder travels.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md
 */
const errorHeader = 'Nats-Service-Error';
const errorCodeHeader = 'Nats-Service-Error-Code';

/** Requests that wait for replies, by correlation id. */
export interface Requests {
  readonly one: (request: Request) => Promise<Reply>;
  readonly many: (request: Request & { readonly repliesMax?: number }) => Promise<readonly Reply[]>;
  /** A reply that belongs to no request that still waits is dropped. */
  readonly onReply: (envelope: Envelope) => void;
}

export interface Request {
  readonly subject: string;
  readonly timeoutMs: number;
  /** Sends the request with the reply subject to the queues of those who are subscribed. */
  readonly send: (
    reply: { readonly reply: string; readonly replyQueueUrl: string },
    queueUrls: readonly string[],
  ) => Promise<void>;
}

interface Waiting {
  readonly replies: Reply[];
  readonly repliesMax: number;
  readonly full: () => void;
}

export function createRequests(
  core: Core,
  options: {
    readonly registry: Registry;
    readonly inbox: () => Promise<{ readonly name: string; readonly queueUrl: string }>;
  },
): Requests {
  const waiting = new Map<string, Waiting>();

  /** Sends and collects until there are enough, or until the deadline, which holds for the sending too. */
  async function collect({ subject, timeoutMs, send }: Request, repliesMax: number): Promise<readonly Reply[]> {
    const correlation = randomName(core.random, 22);
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    const replies: Reply[] = [];
    waiting.set(correlation, { replies, repliesMax, full: resolve });
    const cancel = core.clock.at(core.clock.epochMs() + timeoutMs, resolve);
    const onAbort = (): void => reject(core.signal.reason);
    core.signal.addEventListener('abort', onAbort, { once: true });
    try {
      const sent = ask(subject, send, correlation);
      sent.catch(reject);
      await ended;
      return replies;
    } finally {
      cancel();
      core.signal.removeEventListener('abort', onAbort);
      waiting.delete(correlation);
    }
  }

  async function ask(subject: string, send: Request['send'], correlation: string): Promise<void> {
    const queueUrls = isRouted(subject) ? await options.registry.queuesFor(subject) : [];
    if (queueUrls.length === 0) throw new NoRespondersError(subject);
    const { name, queueUrl } = await options.inbox();
    await send({ reply: `${inboxRoot}.${name}.${correlation}`, replyQueueUrl: queueUrl }, queueUrls);
  }

  return {
    one: async (request) => {
      const [reply] = await collect(request, 1);
      if (reply === undefined) throw new TimeoutError(`no reply on '${request.subject}' in ${request.timeoutMs} ms`);
      return reply;
    },
    many: (request) => collect(request, request.repliesMax ?? Number.POSITIVE_INFINITY),
    onReply: ({ subject, payload, headers }) => {
      const request = waiting.get(subject.slice(subject.lastIndexOf('.') + 1));
      if (request === undefined || request.replies.length >= request.repliesMax) return;
      const error = headers.find(([name]) => name === errorHeader)?.[1];
      request.replies.push({ payload, headers, ...(error !== undefined && { error }) });
      if (request.replies.length >= request.repliesMax) request.full();
    },
  };
}

const inboxRoot = '_INBOX';

/** The inbox that a reply subject leads to, `undefined` for any other subject. */
export function inboxOf({ prefix }: Core, subject: string): string | undefined {
  const [root, inbox, correlation, ...rest] = subject.split('.');
  const leads = root === inboxRoot && inbox?.startsWith(`${prefix}inbox-`) === true;
  return leads && correlation !== undefined && rest.length === 0 ? inbox : undefined;
}

/** The reply by which a responder's error reaches its requester. */
export function errorReply(error: unknown): ReplyContent {
  const message = error instanceof Error ? error.message : String(error);
  const headers: readonly Header[] = [
    [errorHeader, message],
    [errorCodeHeader, '500'],
  ];
  return { payload: new Uint8Array(), headers };
}
