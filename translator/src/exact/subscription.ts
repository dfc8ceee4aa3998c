import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import { partOf } from '../abort.ts';
import type { Part } from '../abort.ts';
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
  /** Ends with the connection or before. */
  readonly polling: Part;
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
    polling: partOf(core.signal),
    delivered: 0,
    max: options.max ?? Number.POSITIVE_INFINITY,
  };
  const membership = await registry.join(receiver.member);
  await afterwards(core, membership.sinceMs);
  const ended = run(receiver, registry, membership);
  ended.catch(core.onError);
  return subscriptionOf(receiver, ended);
}

/** Waits until a message published now is told from one published when the subscription was made. */
async function afterwards({ clock, signal }: Core, sinceMs: number): Promise<void> {
  while (clock.epochMs() <= sinceMs) await sleep(clock, 1, { signal });
}

function subscriptionOf(receiver: Receiver, ended: Promise<void>): Subscription {
  const { mailbox, polling } = receiver;
  const end = async (): Promise<void> => {
    mailbox.discard();
    polling.stop();
    await ended;
  };
  return {
    unsubscribe: async (max) => {
      if (max === undefined || receiver.delivered >= max) await end();
      else receiver.max = max;
    },
    drain: async () => {
      polling.stop();
      await ended;
      mailbox.end();
      await mailbox.done;
    },
    closed: ended,
    [Symbol.asyncIterator]: () => mailbox[Symbol.asyncIterator](),
  };
}

/** Polls until stopped; where its place was given up because it seemed dead, it takes a new one. */
async function run(receiver: Receiver, registry: Registry, first: Membership): Promise<void> {
  const { core, member, mailbox, polling } = receiver;
  let membership = first;
  try {
    while ((await pollPlace(receiver, membership)) === 'lost') membership = await registry.join(member);
  } finally {
    if (!core.signal.aborted) await membership.leave();
    mailbox.end();
    polling.stop();
  }
}

async function pollPlace(receiver: Receiver, membership: Membership): Promise<'lost' | 'ended'> {
  const { core, mailbox, polling } = receiver;
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
      signal: polling.signal,
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
  const waiting = partOf(core.signal);
  const renewal = sleep(core.clock, renewAfterMs, waiting).catch(() => undefined);
  await Promise.race([mailbox.below(atHandMax), renewal]);
  waiting.stop();
}

/**
 * Hands over what is for this subscription, and resolves to the messages that are done with: at most once, as core NATS,
 * since what comes again is known, to this subscription by memory and to a group by its claim.
 */
async function take(
  receiver: Receiver,
  membership: Membership,
  messages: readonly SqsMessage[],
): Promise<readonly SqsMessage[]> {
  const { member, mailbox, seen, toInbox } = receiver;
  const received = messages.map((message) => ({ message, envelope: decodeEnvelope(message.Body ?? '') }));
  const wanted = received.flatMap(({ envelope }) => (isWanted(receiver, membership, envelope) ? [envelope] : []));
  const { queue: group } = member;
  const { mine, open } = group === undefined ? { mine: wanted, open: [] } : await claimed(receiver, group, wanted);
  for (const envelope of mine) {
    if (!seen.add(identityOf(envelope)) || receiver.delivered >= receiver.max) continue;
    receiver.delivered += 1;
    if (envelope.reply !== undefined && envelope.replyQueueUrl !== undefined) {
      toInbox.learn(envelope.reply, envelope.replyQueueUrl);
    }
    mailbox.push(messageOf(envelope));
  }
  return received.flatMap(({ message, envelope }) => (envelope && open.includes(envelope) ? [] : [message]));
}

function isWanted(
  { core, member: { pattern, queue }, seen }: Receiver,
  { sinceMs }: Membership,
  envelope: Envelope | undefined,
): envelope is Envelope {
  return (
    envelope !== undefined &&
    subjectMatches(pattern, envelope.subject) &&
    envelope.publishedMs > sinceMs &&
    (core.echo || envelope.publisher !== core.name || queue !== undefined) &&
    !seen.has(identityOf(envelope))
  );
}

/**
 * Which of them this member of a group is given, in the order received, and which could not be asked for: they come again,
 * in order, and hold up their own publisher's alone.
 */
async function claimed(
  { core, table, member: { id: owner } }: Receiver,
  group: string,
  envelopes: readonly Envelope[],
): Promise<{ readonly mine: readonly Envelope[]; readonly open: readonly Envelope[] }> {
  const won = new Set<Envelope>();
  const open: Envelope[] = [];
  await Promise.all(
    Map.groupBy(envelopes, ({ publisher }) => publisher)
      .values()
      .map(async (list) => {
        try {
          for (const envelope of await claim(core, { table, group, owner }, list)) won.add(envelope);
        } catch (error) {
          open.push(...list);
          core.onError(error);
        }
      }),
  );
  return { mine: envelopes.filter((envelope) => won.has(envelope)), open };
}

function identityOf({ publisher, sequence }: Envelope): string {
  return `${publisher} ${sequence}`;
}

function messageOf({ subject, payload, headers, reply }: Envelope): Message {
  return { subject, payload, headers, ...(reply !== undefined && { reply }) };
}
