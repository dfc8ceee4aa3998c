import { CreateTableCommand, DescribeTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { Core } from './core.ts';

export type Item = Record<string, AttributeValue>;

/** Between two looks at a table that is being made. */
const pollMs = 250;
const pollsMax = 240;

/** Makes the one table of a prefix where it is missing, and resolves to its name once it can be used. */
export async function ensureTable(core: Core): Promise<string> {
  const name = `${core.prefix}state`;
  let made = false;
  for (let polls = 0; polls < pollsMax; polls += 1) {
    const status = await tableStatus(core, name);
    if (status === 'ACTIVE') {
      if (made) await enableTtl(core, name).catch(core.onError);
      return name;
    }
    if (status === undefined) made = await createTable(core, name);
    else await sleep(core.clock, pollMs, { signal: core.signal });
  }
  throw new Error(`table '${name}' is not active after ${(pollsMax * pollMs) / 1000} s`);
}

async function tableStatus({ clients, retry, signal }: Core, name: string): Promise<string | undefined> {
  try {
    const answer = await retry(() =>
      clients.dynamodb.send(new DescribeTableCommand({ TableName: name }), { abortSignal: signal }),
    );
    return answer.Table?.TableStatus;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** `false` where another connection was first. */
async function createTable({ clients, retry, signal }: Core, name: string): Promise<boolean> {
  try {
    await retry(() =>
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
    return true;
  } catch (error) {
    if (isAwsError(error, 'ResourceInUseException')) return false;
    throw error;
  }
}

/** Lets DynamoDB delete rows some days after the second in their `ttl`; nothing that is read depends on it. */
async function enableTtl({ clients, retry, signal }: Core, name: string): Promise<void> {
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
