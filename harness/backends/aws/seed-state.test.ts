import { DescribeTimeToLiveCommand, PutItemCommand, ScanCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, test } from 'vitest';
import { client } from 'parallax-emulator';
import { bytes, onSeed } from './seed-stand.testing.ts';
import type { SeedStand } from './seed-stand.testing.ts';

const TableName = 'seedstate';
const dayMs = 24 * 3_600_000;

const textOf = (entry: { readonly value: Uint8Array } | null): string | undefined =>
  entry === null ? undefined : Buffer.from(entry.value).toString('utf8');

/** Switches the table's stream on and returns what reads its records. */
async function openStream({ clients, world }: SeedStand): Promise<() => Promise<readonly unknown[]>> {
  const streams = client(world, DynamoDBStreamsClient);
  const { TableDescription } = await clients.dynamodb.send(
    new UpdateTableCommand({
      TableName,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const StreamArn = TableDescription?.LatestStreamArn;
  return async () => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ dynamodb }) => dynamodb?.NewImage);
  };
}

describe("the document's state manager", () => {
  test('seed S1 - of two writers the last one wins, whatever the first had written', () =>
    onSeed({}, async ({ connection, sent }) => {
      const kv = await connection.kv('state');
      await kv.put('agent', bytes('first'));
      await kv.create('agent', bytes('second'));
      await kv.update('agent', bytes('third'), 42);
      expect(textOf(await kv.get('agent'))).toBe('third');
      for (const { input } of sent('PutItem')) expect(input).not.toHaveProperty('ConditionExpression');
    }));

  test('seed S2 - a read after a write may miss it', () =>
    onSeed({ choices: [{ point: 'ADV-DDB-01', key: `${TableName}/["agent"]:2#0`, option: 1 }] }, async (stand) => {
      const kv = await stand.connection.kv('state');
      await kv.put('agent', bytes('before'));
      await kv.put('agent', bytes('after'));
      expect(textOf(await kv.get('agent'))).toBe('before');
      expect(textOf(await kv.get('agent'))).toBe('after');
    }));

  test('seed S3 - what has expired is still read', () =>
    onSeed({}, async ({ connection, sent, wait, clock }) => {
      const kv = await connection.kv('state');
      await kv.put('agent', bytes('alive'));
      await wait(600_000);
      const item = sent('PutItem')[0]?.input['Item'] as { ttl: { N: string } } | undefined;
      expect(Number(item?.ttl.N) * 1_000).toBeLessThan(clock.epochMs());
      expect(textOf(await kv.get('agent'))).toBe('alive');
    }));

  test('seed S4 - nothing enables time to live, and nothing is ever deleted', () =>
    onSeed({}, async ({ connection, clients, wait }) => {
      const kv = await connection.kv('state');
      await kv.put('agent', bytes('alive'));
      const { TimeToLiveDescription } = await clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
      await wait(30 * dayMs);
      expect(textOf(await kv.get('agent'))).toBe('alive');
    }));

  test('seed S5 - every heartbeat writes the whole state, and the stream carries all of it', () =>
    onSeed({}, async (stand) => {
      const kv = await stand.connection.kv('state');
      const records = await openStream(stand);
      for (const ms of [0, 5_000, 5_000]) {
        await stand.wait(ms);
        await kv.put('agent', bytes('alive'));
      }
      const images = await records();
      expect(images).toHaveLength(3);
      const attributes = ['agent_id', 'capabilities', 'current_load', 'last_heartbeat', 'status', 'ttl'];
      for (const image of images) expect(Object.keys(image as object).sort()).toEqual(attributes);
    }));

  test('seed S6 - a heartbeat of a clock that is behind goes back in time', () =>
    onSeed({}, async (stand) => {
      const behind = await stand.open({
        clock: { epochMs: () => stand.clock.epochMs() - 60_000, at: (dueMs, wake) => stand.clock.at(dueMs, wake) },
      });
      await (await stand.connection.kv('state')).put('agent', bytes('alive'));
      await stand.wait(5_000);
      await (await behind.kv('state')).put('agent', bytes('alive'));
      const [first, second] = stand.sent('PutItem').map(({ input }) => {
        const { last_heartbeat } = input['Item'] as { last_heartbeat: { S: string } };
        return last_heartbeat.S;
      });
      expect(first).toMatch(/^2026-01-01T00:00/);
      expect((second ?? '') < (first ?? '')).toBe(true);
      // By their letters even these come after a later second in another notation.
      const later = new ScanCommand({
        TableName,
        FilterExpression: 'last_heartbeat > :early',
        ExpressionAttributeValues: { ':early': { S: '2025-12-31 23:59:59' } },
      });
      expect((await stand.clients.dynamodb.send(later)).Items).toHaveLength(1);
    }));

  test('seed S7 - a load that is no number is refused', () =>
    onSeed({}, async ({ connection, clients }) => {
      await connection.kv('state');
      for (const load of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const Item = { agent_id: { S: 'agent' }, current_load: { N: String(load) } };
        await expect(clients.dynamodb.send(new PutItemCommand({ TableName, Item }))).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
    }));

  test('seed S8 - there is no history, watch, key list, delete or purge, and no revision', () =>
    onSeed({}, async ({ connection }) => {
      const kv = await connection.kv('state');
      expect(await kv.put('agent', bytes('x'))).toBeNull();
      for (const call of [
        () => kv.delete('agent'),
        () => kv.purge('agent'),
        () => kv.history('agent'),
        () => kv.keys(),
        () => kv.watch({ onUpdate: () => undefined }),
      ]) {
        await expect(call()).rejects.toThrow(/the state manager has no/);
      }
    }));

  test('seed S9 - a state that is written again as it was leaves no record', () =>
    onSeed({}, async (stand) => {
      const kv = await stand.connection.kv('state');
      const records = await openStream(stand);
      await kv.put('agent', bytes('alive'));
      await kv.put('agent', bytes('alive'));
      expect(await records()).toHaveLength(1);
    }));

  test('seed S11 - a state above 400 KB is refused', () =>
    onSeed({}, async ({ connection }) => {
      const kv = await connection.kv('state');
      await expect(kv.put('agent', new Uint8Array(410_000))).rejects.toMatchObject({ name: 'ValidationException' });
    }));
});
