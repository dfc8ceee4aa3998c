import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { DesignOptions } from './options.ts';

const pollMs = 250;
const pollsMax = 240;

/** The deployment's table with one key, made where it is missing. Time to live is not enabled, as in the document. */
export async function ensureKeyTable(
  { clients, clock, deploying }: DesignOptions,
  { table, keyName, signal }: { readonly table: string; readonly keyName: string; readonly signal: AbortSignal },
): Promise<void> {
  const options = { abortSignal: signal };
  const create = new CreateTableCommand({
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: keyName, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: keyName, KeyType: 'HASH' }],
  });
  try {
    await deploying(() => clients.dynamodb.send(create, options));
  } catch (error) {
    if (!isAwsError(error, 'ResourceInUseException')) throw error;
  }
  for (let polls = 0; polls < pollsMax; polls += 1) {
    const { Table } = await deploying(() =>
      clients.dynamodb.send(new DescribeTableCommand({ TableName: table }), options),
    );
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(clock, pollMs, { signal });
  }
  throw new Error(`table '${table}' is not active after ${(pollMs * pollsMax) / 1000} s`);
}
