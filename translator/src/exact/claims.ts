import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { hashName } from '../name.ts';
import { conditional, tellItem } from './conditional.ts';
import type { Core } from './core.ts';
import type { Envelope } from './envelope.ts';
import { numeric, textOf } from './table.ts';

/** Longer than a message stays in a queue, after which nobody can receive it again. */
const keptSeconds = 2 * 3_600;

/**
 * Takes a message for one member of its group: a conditional write on group, publisher and sequence, since a member's
 * own memory cannot see what another was given. `true` as often as the same owner asks.
 */
export async function claim(
  core: Core,
  {
    table,
    group,
    owner,
    envelope,
  }: {
    readonly table: string;
    readonly group: string;
    readonly owner: string;
    readonly envelope: Envelope;
  },
): Promise<boolean> {
  const key = {
    pk: { S: `claim#${hashName(group, envelope.publisher)}` },
    sk: { S: String(envelope.sequence) },
  };
  const outcome = await core.hedge(() =>
    conditional(core, () =>
      core.clients.dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...key, holder: { S: owner }, ttl: numeric(Math.ceil(core.clock.epochMs() / 1000) + keptSeconds) },
          ConditionExpression: 'attribute_not_exists(pk)',
          ...tellItem,
        }),
        { abortSignal: core.signal },
      ),
    ),
  );
  return outcome.written || textOf(outcome.item, 'holder') === owner;
}
