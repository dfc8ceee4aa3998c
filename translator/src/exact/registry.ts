import { hashName } from '../name.ts';
import { subjectMatches } from '../subject.ts';
import { leaseMs } from './core.ts';
import type { Core } from './core.ts';
import { listRows, readRow, removeRow, renewLease, writeRow } from './registry-rows.ts';
import type { Row, RowContent, Rows } from './registry-rows.ts';
import type { Attachment, Topic } from './topic.ts';

/** One member's share of a queue that receives what a filter asks for. */
export interface Membership extends Attachment {
  /** Messages published at or before this moment are older than the subscription. */
  readonly sinceMs: number;
  /** Extends the lease; `false` where the member has been taken for dead and its place was given up. */
  readonly renew: () => Promise<boolean>;
  /** The last to leave takes the queue down. */
  readonly leave: () => Promise<void>;
}

/**
 * The rows that say which filters have live subscribers: for the members of a queue group to find each other, and for
 * requesters to learn that nobody would answer. A row's members hold leases, since a process can die without a word.
 *
 * A queue group has one queue per filter that its members use: each member polls the queue of its own filter, and a
 * message that two of the filters ask for is claimed once for the whole group.
 */
export interface Registry {
  readonly join: (member: Member) => Promise<Membership>;
  /** The queues of filters that ask for the subject and have a live member. */
  readonly queuesFor: (subject: string) => Promise<readonly string[]>;
}

export interface Member {
  readonly id: string;
  readonly pattern: string;
  readonly queue?: string;
}

const triesMax = 100;

export function createRegistry(core: Core, table: string, topic: Topic): Registry {
  const rows: Rows = { core, table };
  return {
    join: (member) => join(rows, topic, member),
    queuesFor: async (subject) => {
      const nowMs = core.clock.epochMs();
      return (await core.hedge(() => listRows(rows)))
        .filter((row) => isLive(row, nowMs) && row.sinceMs < nowMs && subjectMatches(row.pattern, subject))
        .map(({ queueUrl }) => queueUrl);
    },
  };
}

async function join(rows: Rows, topic: Topic, { id, pattern, queue }: Member): Promise<Membership> {
  const { clock, onError } = rows.core;
  const sk = queue === undefined ? `one#${id}` : `group#${hashName(queue, pattern)}`;
  let before = queue === undefined ? undefined : await readRow(rows, sk);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const live = before !== undefined && isLive(before, clock.epochMs()) ? before : undefined;
    const place = live ?? { ...(await topic.attach(pattern)), pattern, sinceMs: clock.epochMs(), members: new Map() };
    const change = await writeRow(rows, sk, { before, content: withMember(place, id, clock.epochMs()) });
    if (change.done) {
      if (live === undefined && before !== undefined) await topic.detach(before).catch(onError);
      return membership(rows, topic, { sk, id, row: change.row });
    }
    if (live === undefined) await topic.detach(place);
    before = change.row;
  }
  throw new Error(`could not join '${pattern}' in ${triesMax} tries: others joined or left each time`);
}

function membership(
  rows: Rows,
  topic: Topic,
  { sk, id, row }: { readonly sk: string; readonly id: string; readonly row: Row },
): Membership {
  const { queueUrl, subscriptionArn, shard, sinceMs } = row;
  return {
    queueUrl,
    subscriptionArn,
    shard,
    sinceMs,
    renew: () => renewLease(rows, sk, { member: id, queueUrl, untilMs: rows.core.clock.epochMs() + leaseMs }),
    leave: () => leave(rows, topic, { sk, id, row }),
  };
}

async function leave(
  rows: Rows,
  topic: Topic,
  { sk, id, row }: { readonly sk: string; readonly id: string; readonly row: Row },
): Promise<void> {
  // Where it was alone, the row is unchanged or others have joined; of others it must know whether they still renew.
  let before = row.members.size === 1 ? row : await readRow(rows, sk);
  for (let tries = 0; tries < triesMax; tries += 1) {
    if (before?.queueUrl !== row.queueUrl) return;
    const members = new Map(before.members);
    members.delete(id);
    const content = { ...before, members };
    if (isLive(content, rows.core.clock.epochMs())) {
      const change = await writeRow(rows, sk, { before, content });
      if (change.done) return;
      before = change.row;
    } else {
      const other = await removeRow(rows, sk, before);
      if (other === undefined) return topic.detach(before);
      before = other;
    }
  }
  throw new Error(`could not leave in ${triesMax} tries: others joined or left each time`);
}

function withMember(content: RowContent, id: string, nowMs: number): RowContent {
  return { ...content, members: new Map(content.members).set(id, nowMs + leaseMs) };
}

function isLive({ members }: Pick<Row, 'members'>, nowMs: number): boolean {
  return members.values().some((untilMs) => untilMs > nowMs);
}
