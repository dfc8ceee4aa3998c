import { CreateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { SetupCore } from './core.ts';

export type Item = Record<string, AttributeValue>;

/** A table is made in seconds: looks at one that is being made are a second apart at first, then twice as long each time. */
const firstPollMs = 1_000;
const pollMaxMs = 8_000;
const waitMaxMs = 300_000;

export function tableName({ prefix }: Pick<SetupCore, 'prefix'>): string {
  return `${prefix}state`;
}

/**
 * Makes the one table of a prefix where `read`, a read of it that is wanted anyway, does not find it, and resolves once
 * that read has succeeded: until then it answers that there is no such table, or none that can be used yet.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export async function ensureTable(core: SetupCore, read: () => Promise<void>): Promise<void> {
  if (await isThere(read)) return;
  const { clock, signal } = core;
  const name = tableName(core);
  const status = await createTable(core, name);
  const beganMs = clock.epochMs();
  let pollMs = status === 'ACTIVE' ? 0 : firstPollMs;
  do {
    if (clock.epochMs() - beganMs >= waitMaxMs) {
      throw new Error(`table '${name}' is not active after ${waitMaxMs / 1000} s`);
    }
    await sleep(clock, pollMs, { signal });
    pollMs = Math.min(Math.max(firstPollMs, 2 * pollMs), pollMaxMs);
  } while (!(await isThere(read)));
  if (status !== undefined) await enableTtl(core, name).catch(core.onError);
}

async function isThere(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return false;
    throw error;
  }
}

/** The table's status, `undefined` where another process was first. */
async function createTable({ clients, retry, signal }: SetupCore, name: string): Promise<string | undefined> {
  try {
    const { TableDescription } = await retry(() =>
      clients.dynamodb.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        }),
        { abortSignal: signal },
      ),
    );
    return TableDescription?.TableStatus ?? 'CREATING';
  } catch (error) {
    if (isAwsError(error, 'ResourceInUseException')) return undefined;
    throw error;
  }
}

/** Lets DynamoDB delete rows some days after the second in their `ttl`; nothing that is read depends on it. */
async function enableTtl({ clients, retry, signal }: SetupCore, name: string): Promise<void> {
  await retry(() =>
    clients.dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      }),
      { abortSignal: signal },
    ),
  );
}

/** A number as DynamoDB spells it. */
export function numeric(value: number): AttributeValue {
  return { N: String(value) };
}

export function numberOf(item: Item | undefined, attribute: string): number | undefined {
  const text = item?.[attribute]?.N;
  return text === undefined ? undefined : Number(text);
}

export function textOf(item: Item | undefined, attribute: string): string | undefined {
  return item?.[attribute]?.S;
}
