import { bytesOf, base64, brand, DefiniteError, IndefiniteError } from '#core';
import type { Base64, Input, Received, Reply, Subject } from '#core';
import type { Is, MemoryClock } from './bucket-state.ts';
import type { Broker, Member } from './broker.ts';

/** Where replies go: by inbox, those who wait. */
export interface Inboxes {
  readonly reply: (inbox: Subject, reply: Reply) => void;
  readonly request: (member: Member, input: Input<'request'>) => Promise<Reply>;
  readonly requestMany: (member: Member, input: Input<'request-many'>) => Promise<readonly Reply[]>;
  /** The session is over: what it waits for will not come. */
  readonly abandon: (member: Member) => void;
}

interface Waiting {
  readonly member: Member;
  readonly take: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}

export function createInboxes({
  broker,
  clock,
  is,
}: {
  readonly broker: Broker;
  readonly clock: MemoryClock;
  readonly is: Is;
}): Inboxes {
  const state: State = { broker, clock, is, waiting: new Map(), abandoned: new Map(), inboxes: 0 };
  const { waiting, abandoned } = state;
  return {
    reply(inbox, reply) {
      const found = waiting.get(is('crosses-replies') ? (otherOf(inbox, waiting) ?? inbox) : inbox);
      if (found !== undefined) found.take(cut(reply, is));
      else if (is('late-reply-to-next')) {
        const member = abandoned.get(inbox);
        [...waiting.values()].find((other) => other.member === member)?.take(reply);
      }
    },
    request(member, input) {
      let last: Reply | undefined;
      return ask<Reply>(state, member, input, {
        take(reply, done) {
          if (!is('last-reply')) done(reply);
          else if (last === undefined) clock.at(clock.epochMs() + 1, () => done(last ?? reply));
          last = reply;
        },
        late: () => new IndefiniteError('timeout'),
      });
    },
    requestMany(member, { repliesMax = Infinity, ...input }) {
      const replies: Reply[] = [];
      return ask<readonly Reply[]>(state, member, input, {
        take(reply, done) {
          if (is('one-reply') && replies.length === 1) return;
          if (replies.push(reply) >= repliesMax) done(replies);
        },
        late: () => replies,
      });
    },
    abandon(member) {
      for (const item of waiting.values())
        if (item.member === member) item.fail(new IndefiniteError('connection-lost'));
    },
  };
}

interface State {
  readonly broker: Broker;
  readonly clock: MemoryClock;
  readonly is: Is;
  readonly waiting: Map<Subject, Waiting>;
  /** Whose deadline has passed. */
  readonly abandoned: Map<Subject, Member>;
  inboxes: number;
}

/** Sends the request and waits for replies until `take` says it is done, or until the deadline, where `late` decides. */
async function ask<T>(
  state: State,
  member: Member,
  { subject, body, headers, timeoutMs }: Input<'request'>,
  { take, late }: { readonly take: (reply: Reply, done: (value: T) => void) => void; readonly late: () => T | Error },
): Promise<T> {
  const { broker, clock, is, waiting, abandoned } = state;
  const reply = brand<Subject>(`_INBOX.${state.inboxes}`);
  state.inboxes += 1;
  const seen = headers === undefined || is('drops-request-headers') ? {} : { headers };
  const message: Received = { subject, body, reply, ...seen };
  if (is('json-requests') && !isJson(body)) throw new DefiniteError('refused');
  if (broker.interested(message, member).length === 0 && !is('silence-for-nobody')) {
    throw new DefiniteError('no-responders');
  }
  return new Promise((resolve, reject) => {
    const deadlineMs = clock.epochMs() + timeoutMs * (is('stretches-the-deadline') ? 10 : 1);
    const retryMs = clock.epochMs() + (is('retries-silently') ? timeoutMs / 2 : Infinity);
    const cancels = [
      clock.at(deadlineMs, () => {
        abandoned.set(reply, member);
        const value = late();
        end(() => (value instanceof Error ? reject(value) : resolve(value)));
      }),
      ...(retryMs === Infinity ? [] : [clock.at(retryMs, () => void broker.publish(message, member))]),
    ];
    function end(settle: () => void): void {
      waiting.delete(reply);
      for (const cancel of cancels) cancel();
      settle();
    }
    waiting.set(reply, {
      member,
      take: (answer) => take(answer, (value) => end(() => resolve(value))),
      fail: (error) => end(() => reject(error)),
    });
    broker.publish(message, member);
  });
}

/** Another request of the same session that waits. */
function otherOf(inbox: Subject, waiting: ReadonlyMap<Subject, Waiting>): Subject | undefined {
  const member = waiting.get(inbox)?.member;
  return [...waiting].find(([other, item]) => other !== inbox && item.member === member)?.[0];
}

function cut(reply: Reply, is: Is): Reply {
  return is('cuts-reply') ? { ...reply, body: base64(bytesOf(reply.body).subarray(0, 100)) } : reply;
}

function isJson(body: Base64): boolean {
  try {
    JSON.parse(Buffer.from(bytesOf(body)).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
