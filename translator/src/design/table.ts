import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import type { DesignOptions } from './options.ts';

const pollMs = 250;
const pollsMax = 240;

/** An index over items of one kind, by their keys; what has no kind is not in it. */
export const kindIndex = { IndexName: 'by-kind', attribute: 'kind' } as const;

/** The deployment's table with one key, made where it is missing. Time to live is not enabled, as in the document. */
export async function ensureKeyTable(
  { clients, clock, deploying }: DesignOptions,
  {
    table,
    keyName,
    isIndexed = false,
    signal,
  }: {
    readonly table: string;
    readonly keyName: string;
    readonly isIndexed?: boolean;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const options = { abortSignal: signal };
  const create = new CreateTableCommand({
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: keyName, AttributeType: 'S' },
      ...(isIndexed ? [{ AttributeName: kindIndex.attribute, AttributeType: 'S' as const }] : []),
    ],
    KeySchema: [{ AttributeName: keyName, KeyType: 'HASH' }],
    ...(isIndexed && {
      GlobalSecondaryIndexes: [
        {
          IndexName: kindIndex.IndexName,
          KeySchema: [
            { AttributeName: kindIndex.attribute, KeyType: 'HASH' },
            { AttributeName: keyName, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
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
