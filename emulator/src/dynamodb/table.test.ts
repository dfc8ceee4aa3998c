import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

async function openTable(): Promise<DynamoDBClient> {
  const clock = createVirtualClock({ startMs: start });
  const db = client(createWorld({ clock }), DynamoDBClient);
  const key = (name: string, type: 'S' | 'N') => ({ AttributeName: name, AttributeType: type });
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [key('pk', 'S'), key('sk', 'S'), key('rank', 'N')],
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'rank', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'global',
          KeySchema: [
            { AttributeName: 'sk', KeyType: 'HASH' },
            { AttributeName: 'rank', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start + 1000);
  return db;
}

const text = fc.constantFrom('a', 'b', '\u0000', '\u0000\u0001', 'a\u0000', '\uffff', '\u{1f600}', 'é');
const step = fc.record({
  kind: fc.constantFrom('put', 'put', 'delete', 'update'),
  pk: text,
  sk: text,
  rank: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
});

interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly rank: number | undefined;
}

function bytesOrder(one: string, two: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(two));
}

function toRow(item: Record<string, AttributeValue>): Row {
  const rank = item['rank']?.N;
  return { pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '', rank: rank === undefined ? undefined : Number(rank) };
}

async function pages(
  read: (from: Record<string, AttributeValue> | undefined) => Promise<{
    Items?: Record<string, AttributeValue>[] | undefined;
    LastEvaluatedKey?: Record<string, AttributeValue> | undefined;
  }>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await read(from);
    rows.push(...(page.Items ?? []).map(toRow));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return rows;
}

test('a table - holds, sorts and indexes what a plain model holds, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (steps, limit, forward) => {
        const db = await openTable();
        const model = new Map<string, Row>();
        for (const { kind, pk, sk, rank } of steps) {
          const id = JSON.stringify([pk, sk]);
          const Key = { pk: { S: pk }, sk: { S: sk } };
          if (kind === 'delete') {
            await db.send(new DeleteItemCommand({ TableName: 'tab', Key }));
            model.delete(id);
          } else if (kind === 'put') {
            await db.send(
              new PutItemCommand({
                TableName: 'tab',
                Item: { ...Key, ...(rank !== undefined && { rank: { N: String(rank) } }) },
              }),
            );
            model.set(id, { pk, sk, rank });
          } else {
            const UpdateExpression = rank === undefined ? 'REMOVE #r' : 'SET #r = :r';
            await db.send(
              new UpdateItemCommand({
                TableName: 'tab',
                Key,
                UpdateExpression,
                ExpressionAttributeNames: { '#r': 'rank' },
                ExpressionAttributeValues: rank === undefined ? undefined : { ':r': { N: String(rank) } },
              }),
            );
            model.set(id, { pk, sk, rank });
          }
        }
        const rows = [...model.values()];
        const direction = forward ? 1 : -1;
        for (const pk of new Set(rows.map((row) => row.pk))) {
          const query = (from: Record<string, AttributeValue> | undefined, IndexName?: string) =>
            db.send(
              new QueryCommand({
                TableName: 'tab',
                IndexName,
                KeyConditionExpression: 'pk = :pk',
                ExpressionAttributeValues: { ':pk': { S: pk } },
                ExclusiveStartKey: from,
                Limit: limit,
                ScanIndexForward: forward,
              }),
            );
          const partition = rows.filter((row) => row.pk === pk);
          expect(await pages((from) => query(from))).toEqual(
            partition.toSorted((one, two) => direction * bytesOrder(one.sk, two.sk)),
          );
          expect((await pages((from) => query(from, 'local'))).map(({ rank }) => rank)).toEqual(
            partition
              .flatMap(({ rank }) => (rank === undefined ? [] : [rank]))
              .toSorted((one, two) => direction * (one - two)),
          );
        }
        const scanned = await pages((from) =>
          db.send(new ScanCommand({ TableName: 'tab', ExclusiveStartKey: from, Limit: limit })),
        );
        const byId = (one: Row, two: Row) => bytesOrder(one.pk, two.pk) || bytesOrder(one.sk, two.sk);
        expect(scanned.toSorted(byId)).toEqual(rows.toSorted(byId));
        const indexed = await pages((from) =>
          db.send(new ScanCommand({ TableName: 'tab', IndexName: 'global', ExclusiveStartKey: from, Limit: limit })),
        );
        expect(indexed.toSorted(byId)).toEqual(rows.filter(({ rank }) => rank !== undefined).toSorted(byId));
        const segments = await Promise.all(
          [0, 1, 2].map((Segment) =>
            pages((from) =>
              db.send(new ScanCommand({ TableName: 'tab', Segment, TotalSegments: 3, ExclusiveStartKey: from })),
            ),
          ),
        );
        expect(segments.flat().toSorted(byId)).toEqual(rows.toSorted(byId));
      },
    ),
    { numRuns: 40 },
  );
});
