import { CreateTableCommand, DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

test('TransactWriteItems - is done once although its answer was lost, with a token of the client', async () => {
  let lost = 0;
  for (let seed = 0; seed < 150; seed += 1) {
    const clock = createVirtualClock({ startMs: start });
    const world = createWorld({ clock, permissions: ['FAULT-lost-answer'], seed });
    const db = client(world, DynamoDBClient, { maxAttempts: 8 });
    const work = async () => {
      await db
        .send(
          new CreateTableCommand({
            TableName: 'tab',
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
          }),
        )
        .catch(() => undefined);
      clock.advanceTo(clock.epochMs() + 1000);
      const before = world.fired().length;
      await db.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 'tab', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(id)' } },
          ],
        }),
      );
      lost += world.fired().length - before;
    };
    const done = work();
    const progress = { ended: false };
    done.finally(() => (progress.ended = true)).catch(() => undefined);
    while (!progress.ended) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!progress.ended) clock.step();
    }
    await done;
  }
  expect(lost).toBeGreaterThan(0);
});
