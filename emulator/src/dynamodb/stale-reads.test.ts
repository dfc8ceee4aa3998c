import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

const step = fc.record({
  remove: fc.boolean(),
  sk: fc.integer({ min: 0, max: 4 }),
  owner: fc.constantFrom('x', 'y'),
  v: fc.integer({ min: 0, max: 99 }),
});

test('a stale query - shows the table or index as it was a few writes ago, in order, and nothing else', async () => {
  let stale = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.boolean(),
      async (steps, seed, forward) => {
        const clock = createVirtualClock({ startMs: start });
        const world = createWorld({ clock, seed, permissions: ['ADV-DDB-01', 'ADV-DDB-02'] });
        const db = client(world, DynamoDBClient);
        await db.send(
          new CreateTableCommand({
            TableName: 'tab',
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' },
              { AttributeName: 'sk', KeyType: 'RANGE' },
            ],
            AttributeDefinitions: [
              { AttributeName: 'pk', AttributeType: 'S' },
              { AttributeName: 'sk', AttributeType: 'N' },
              { AttributeName: 'owner', AttributeType: 'S' },
            ],
            GlobalSecondaryIndexes: [
              {
                IndexName: 'by-owner',
                KeySchema: [
                  { AttributeName: 'owner', KeyType: 'HASH' },
                  { AttributeName: 'sk', KeyType: 'RANGE' },
                ],
                Projection: { ProjectionType: 'ALL' },
              },
            ],
            BillingMode: 'PAY_PER_REQUEST',
          }),
        );
        clock.advanceTo(start + 1000);
        const read = async (IndexName: string | undefined, name: string, value: string) => {
          const { Items = [] } = await db.send(
            new QueryCommand({
              TableName: 'tab',
              IndexName,
              KeyConditionExpression: '#n = :v',
              ExpressionAttributeNames: { '#n': name },
              ExpressionAttributeValues: { ':v': { S: value } },
              ScanIndexForward: forward,
            }),
          );
          return Items.map((item) => `${item['sk']?.N}:${item['owner']?.S}:${item['v']?.N}`);
        };
        let rows = new Map<number, string>();
        const states = [rows];
        const shown = (state: ReadonlyMap<number, string>, owner?: string) => {
          const sorted = [...state].toSorted(([one], [two]) => (forward ? one - two : two - one)).map(([, row]) => row);
          return sorted.filter((row) => owner === undefined || row.split(':')[1] === owner);
        };
        for (const { remove, sk, owner, v } of steps) {
          const Key = { pk: { S: 'p' }, sk: { N: String(sk) } };
          if (remove) await db.send(new DeleteItemCommand({ TableName: 'tab', Key }));
          else {
            const Item = { ...Key, owner: { S: owner }, v: { N: String(v) } };
            await db.send(new PutItemCommand({ TableName: 'tab', Item }));
          }
          rows = new Map(rows);
          const before = rows.get(sk);
          if (remove) rows.delete(sk);
          else rows.set(sk, `${sk}:${owner}:${v}`);
          // A write that changes nothing is none to be missed.
          if (rows.get(sk) !== before) states.push(rows);
          const recent = states.slice(-4);
          const table = await read(undefined, 'pk', 'p');
          expect(recent.map((state) => shown(state))).toContainEqual(table);
          const index = await read('by-owner', 'owner', 'x');
          expect(recent.map((state) => shown(state, 'x'))).toContainEqual(index);
          if (JSON.stringify(table) !== JSON.stringify(shown(rows))) stale += 1;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(stale).toBeGreaterThan(0);
});
