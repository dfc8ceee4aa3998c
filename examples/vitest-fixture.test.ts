import { ListTablesCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Emulator } from 'parallax-emulator';
import { emulatorFixture } from 'parallax-emulator/vitest';
import { expect, test as base } from 'vitest';

const test = base.extend<{ emulator: Emulator; db: DynamoDBClient }>({
  emulator: emulatorFixture({ clock: 'virtual' }),
  db: async ({ emulator }, use) => {
    const credentials = { accessKeyId: '000000000000', secretAccessKey: 'any' };
    const db = new DynamoDBClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
    await use(db);
    db.destroy();
  },
});

test('each test has an account that nobody else has used', async ({ db }) => {
  expect((await db.send(new ListTablesCommand({}))).TableNames).toEqual([]);
});
