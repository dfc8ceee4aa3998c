import { CreateTableCommand, DescribeTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { SetupCore } from './core.ts';

export type Item = Record<string, AttributeValue>;

/** A table is made in seconds: looks at one that is being made are half a second apart at first, then twice as long each time. */
const firstPollMs = 500;
const pollMaxMs = 8_000;
const waitMaxMs = 300_000;

export function tableName({ prefix }: Pick<SetupCore, 'prefix'>): string {
  return `${prefix}state`;
}

/**
 * Makes the one table of a prefix where `read`, a read of it that is wanted anyway, does not find it, and resolves once
 * that read has succeeded.
 */
export async function ensureTable(core: SetupCore, read: () => Promise<void>): Promise<void> {
  const TableName = tableName(core);
  try {
    await read();
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
    const status = await createTable(core, TableName);
    if (status !== 'ACTIVE') await active(core, TableName);
    if (status !== undefined) await enableTtl(core, TableName).catch(core.onError);
    await read();
  }
}

/** Resolves once the table can be used. */
async function active({ clients, clock, retry, signal }: SetupCore, TableName: string): Promise<void> {
  const command = new DescribeTableCommand({ TableName });
  const beganMs = clock.epochMs();
  for (let pollMs = firstPollMs; clock.epochMs() - beganMs < waitMaxMs; pollMs = Math.min(2 * pollMs, pollMaxMs)) {
    await sleep(clock, pollMs, { signal });
    const { Table } = await retry(() => clients.dynamodb.send(command, { abortSignal: signal }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
  throw new Error(`table '${TableName}' is not active after ${waitMaxMs / 1000} s`);
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
