import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import { isQueueGone } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { Message, SubscribeOptions, Subscription } from '../connection.ts';
import { createMailbox } from '../mailbox.ts';
import type { Mailbox } from '../mailbox.ts';
import { randomName } from '../name.ts';
import { createSeen } from '../seen.ts';
import type { Seen } from '../seen.ts';
import { subjectMatches } from '../subject.ts';
import { claim } from './claims.ts';
import { renewAfterMs } from './core.ts';
import type { Core } from './core.ts';
import { decodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { InboxSender } from './inbox.ts';
import { pollQueue } from './poll.ts';
import type { Member, Membership, Registry } from './registry.ts';

/** Messages at hand beyond which a subscription stops polling until its handler has caught up. */
const atHandMax = 64;

/** Identities remembered for the removal of duplicates. */
const seenMax = 100_000;

/** A subscription as its parts see it. */
interface Receiver {
  readonly core: Core;
  readonly table: string;
  readonly toInbox: Pick<InboxSender, 'learn'>;
  readonly member: Member;
  readonly mailbox: Mailbox;
  readonly seen: Seen;
  /** Stops the polling. */
  readonly stop: AbortController;
  /** Handed over so far, and how many may be. */
  delivered: number;
  max: number;
}

/** Subscribes, and resolves once whatever is published from now on will be received. */
export async function subscribe(
  core: Core,
  {
    table,
    registry,
    toInbox,
    pattern,
    options,
  }: {
    readonly table: string;
    readonly toInbox: Pick<InboxSender, 'learn'>;
    readonly registry: Registry;
    readonly pattern: string;
    readonly options: SubscribeOptions;
  },
): Promise<Subscription> {
  const receiver: Receiver = {
    core,
    table,
    toInbox,
    member: {
      id: randomName(core.random, 16),
      pattern,
      ...(options.queue !== undefined && { queue: options.queue }),
    },
    mailbox: createMailbox({ onError: core.onError, ...(options.handler && { handler: options.handler }) }),
    seen: createSeen(seenMax),
    stop: new AbortController(),
    delivered: 0,
    max: options.max ?? Number.POSITIVE_INFINITY,
  };
  const membership = await registry.join(receiver.member);
  await afterwards(core, membership.sinceMs);
  const polling = run(receiver, registry, membership);
  polling.catch(core.onError);
  return subscriptionOf(receiver, polling);
}

/** Waits until a message published now is told from one published when the subscription was made. */
async function afterwards({ clock, signal }: Core, sinceMs: number): Promise<void> {
  while (clock.epochMs() <= sinceMs) await sleep(clock, 1, { signal });
}

function subscriptionOf(receiver: Receiver, polling: Promise<void>): Subscription {
  const { mailbox, stop } = receiver;
  const end = async (): Promise<void> => {
    mailbox.discard();
    stop.abort();
    await polling;
  };
  return {
    unsubscribe: async (max) => {
      if (max === undefined || receiver.delivered >= max) await end();
      else receiver.max = max;
    },
    drain: async () => {
      stop.abort();
      await polling;
      mailbox.end();
      await mailbox.done;
    },
    closed: polling,
    [Symbol.asyncIterator]: () => mailbox[Symbol.asyncIterator](),
  };
}

/** Polls until stopped; where its place was given up because it seemed dead, it takes a new one. */
async function run(receiver: Receiver, registry: Registry, first: Membership): Promise<void> {
  const { core, member, mailbox, stop } = receiver;
  let membership = first;
  try {
    while ((await pollPlace(receiver, membership)) === 'lost') membership = await registry.join(member);
  } finally {
    if (!core.signal.aborted) await membership.leave();
    if (!stop.signal.aborted) mailbox.end();
  }
}

async function pollPlace(receiver: Receiver, membership: Membership): Promise<'lost' | 'ended'> {
  const { core, mailbox, stop } = receiver;
  const { clock } = core;
  let renewedMs = clock.epochMs();
  let lost = false;

  async function renew(): Promise<void> {
    if (clock.epochMs() - renewedMs < renewAfterMs) return;
    lost = !(await membership.renew());
    renewedMs = clock.epochMs();
  }

  try {
    await pollQueue(core, {
      queueUrl: membership.queueUrl,
      fifo: true,
      signal: AbortSignal.any([core.signal, stop.signal]),
      ready: async () => {
        await renew();
        while (!lost && mailbox.size() >= atHandMax) {
          await roomOrRenewal(receiver);
          await renew();
        }
        return lost ? 0 : Math.max(0, Math.min(10, receiver.max - receiver.delivered));
      },
      onBatch: (messages) => take(receiver, membership, messages),
    });
    return lost ? 'lost' : 'ended';
  } catch (error) {
    if (isQueueGone(error)) return 'lost';
    throw error;
  }
}

async function roomOrRenewal({ core, mailbox }: Receiver): Promise<void> {
  const waiting = new AbortController();
  const signal = AbortSignal.any([core.signal, waiting.signal]);
  const renewal = sleep(core.clock, renewAfterMs, { signal }).catch(() => undefined);
  await Promise.race([mailbox.below(atHandMax), renewal]);
  waiting.abort();
}

interface Taken {
  readonly message: SqsMessage;
  /** `undefined`: nothing to hand over. */
  readonly envelope: Envelope | undefined;
}

/**
 * Sorts out what is not for this subscription, and hands the rest over: at most once, as core NATS, since what
 * comes again is known, to this subscription by memory and to a group by its claim.
 */
async function take(
  receiver: Receiver,
  membership: Membership,
  messages: readonly SqsMessage[],
): Promise<readonly SqsMessage[]> {
  const { mailbox } = receiver;
  const taken = await claimed(receiver, membership, messages);
  for (const { envelope } of taken) {
    if (envelope === undefined || receiver.delivered >= receiver.max) continue;
    receiver.delivered += 1;
    if (envelope.reply !== undefined && envelope.replyQueueUrl !== undefined) {
      receiver.toInbox.learn(envelope.reply, envelope.replyQueueUrl);
    }
    mailbox.push(messageOf(envelope));
  }
  return taken.map(({ message }) => message);
}

/**
 * The messages that are done with after this, in the order received. One publisher's are claimed one after another, and
 * none after one that could not be: they come again, in order.
 */
async function claimed(
  receiver: Receiver,
  membership: Membership,
  messages: readonly SqsMessage[],
): Promise<readonly Taken[]> {
  const received = messages.map((message) => ({ message, envelope: decodeEnvelope(message.Body ?? '') }));
  const byPublisher = Map.groupBy(received, ({ envelope }) => envelope?.publisher);
  const taken = new Map<SqsMessage, Taken>();
  await Promise.all(
    byPublisher.values().map(async (list) => {
      try {
        for (const { message, envelope } of list) {
          const mine = envelope !== undefined && (await isForHandler(receiver, membership, envelope));
          taken.set(message, { message, envelope: mine ? envelope : undefined });
        }
      } catch (error) {
        receiver.core.onError(error);
      }
    }),
  );
  return messages.flatMap((message) => taken.get(message) ?? []);
}

async function isForHandler(
  { core, table, member, seen }: Receiver,
  { sinceMs }: Membership,
  envelope: Envelope,
): Promise<boolean> {
  const { publisher, sequence, subject, publishedMs } = envelope;
  if (!subjectMatches(member.pattern, subject) || publishedMs <= sinceMs) return false;
  if (!core.echo && publisher === core.name && member.queue === undefined) return false;
  const group = member.queue;
  if (group !== undefined && !(await claim(core, { table, group, owner: member.id, envelope }))) return false;
  return seen.add(`${publisher} ${sequence}`);
}

function messageOf({ subject, payload, headers, reply }: Envelope): Message {
  return { subject, payload, headers, ...(reply !== undefined && { reply }) };
}
