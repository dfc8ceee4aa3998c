import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { cancellationReasons } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import { hashName, randomName } from '../name.ts';
import { conditional, tellItem } from './conditional.ts';
import type { Core } from './core.ts';
import type { Envelope } from './envelope.ts';
import { numeric, textOf } from './table.ts';
import type { Item } from './table.ts';

/** Longer than a message stays in a queue, after which nobody can receive it again. */
const keptSeconds = 2 * 3_600;

/** A transaction that others were in the way of so often gives up; its messages come again. */
const turnsMax = 10;
const pauseMaxMs = 50;

/** On whose behalf messages are taken. */
export interface Claimant {
  readonly table: string;
  readonly group: string;
  readonly owner: string;
}

/**
 * Takes messages of one publisher for one member of its group: a conditional write on group, publisher and sequence for
 * each, since a member's own memory cannot see what another was given; all in one transaction where they are several.
 * Resolves to those that are the owner's, as often as the same owner asks.
 */
export async function claim(
  core: Core,
  claimant: Claimant,
  envelopes: readonly Envelope[],
): Promise<readonly Envelope[]> {
  const mine: Envelope[] = [];
  let open = [...new Map(envelopes.map((envelope) => [envelope.sequence, envelope])).values()];
  for (let turn = 1; open.length > 1; turn += 1) {
    const reasons = await claimAll(core, claimant, open);
    if (reasons === undefined) return [...mine, ...open];
    if (turn === turnsMax) throw new Error(`could not claim ${open.length} messages in ${turnsMax} turns`);
    mine.push(...open.filter((_, index) => isOwn(reasons[index]?.Item, claimant)));
    open = open.filter((_, index) => reasons[index]?.Item === undefined);
    await sleep(core.clock, core.random() * pauseMaxMs, { signal: core.signal });
  }
  const [last] = open;
  return last !== undefined && (await claimOne(core, claimant, last)) ? [...mine, last] : mine;
}

async function claimOne(core: Core, claimant: Claimant, envelope: Envelope): Promise<boolean> {
  const command = new PutItemCommand(putOf(core, claimant, envelope));
  const outcome = await core.hedge(() =>
    conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal })),
  );
  return outcome.written || isOwn(outcome.item, claimant);
}

/** `undefined` where all are claimed, and else why each was not, in order. */
async function claimAll(
  core: Core,
  claimant: Claimant,
  envelopes: readonly Envelope[],
): Promise<readonly CancellationReason[] | undefined> {
  const command = new TransactWriteItemsCommand({
    ClientRequestToken: randomName(core.random, 32),
    TransactItems: envelopes.map((envelope) => ({ Put: putOf(core, claimant, envelope) })),
  });
  try {
    await core.hedge(() => core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal })));
    return undefined;
  } catch (error) {
    const reasons = cancellationReasons(error);
    if (reasons === undefined) throw error;
    return reasons;
  }
}

function putOf(core: Core, { table, group, owner }: Claimant, { publisher, sequence }: Envelope) {
  return {
    TableName: table,
    Item: {
      pk: { S: `claim#${hashName(group, publisher)}` },
      sk: { S: String(sequence) },
      holder: { S: owner },
      ttl: numeric(Math.ceil(core.clock.epochMs() / 1000) + keptSeconds),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
    ...tellItem,
  };
}

function isOwn(item: Item | undefined, { owner }: Claimant): boolean {
  return textOf(item, 'holder') === owner;
}
