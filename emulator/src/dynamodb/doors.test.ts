import { setImmediate as turn } from 'node:timers/promises';
import type { AttributeValue, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OwnedWorld, VirtualClock } from '../index.ts';
import {
  client,
  createVirtualClock,
  createWorld,
  isPermissionId,
  loadService,
  permissions,
  requestHandler,
  retryStrategy,
  startEmulator,
} from '../index.ts';
import { accountSeed } from '../worlds.ts';

const accountId = '123456789012';
const everyPermission = Object.keys(permissions).filter(isPermissionId);

/** A call as data first, so that a counterexample can be read, or a move of the clock. */
interface Step {
  readonly says: unknown;
  readonly call?: (db: DynamoDBClient) => Promise<object>;
  readonly advanceMs?: number;
}

const value = fc.constantFrom<AttributeValue>(
  { S: '' },
  { S: 'é\u{1f600}' },
  { N: '1.50' },
  { N: 'x' },
  { B: new Uint8Array([0, 144, 255]) },
  { BS: [new Uint8Array([1]), new Uint8Array([2])] },
  { SS: ['a', 'b'] },
  { NS: ['1', '1.0'] },
  { M: { ['__proto__']: { S: 'own' }, n: { L: [{ NULL: true }, { BOOL: false }] } } },
);
const TableName = fc.constantFrom('tab', 'tab', 'tab', 'none', 'no good');
const key = fc.constantFrom<Record<string, AttributeValue>>({ pk: { S: 'a' } }, { pk: { S: 'b' } }, { pk: { N: '1' } });
const condition = fc.constantFrom(
  undefined,
  'attribute_exists(pk)',
  'attribute_not_exists(pk)',
  'v = ',
  'size(v) > :n',
);
const returned = fc.constantFrom(undefined, 'ALL_OLD', 'NONE', 'NONSENSE' as 'NONE');

function step<T extends object>(
  input: fc.Arbitrary<T>,
  name: string,
  call: (input: T) => Step['call'],
): fc.Arbitrary<Step> {
  return input.map((made) => {
    const run = call(made);
    return { says: [name, made], ...(run && { call: run }) };
  });
}

const put = step(
  fc.record({ TableName, Key: key, v: value, ConditionExpression: condition, ReturnValues: returned }),
  'put',
  ({ Key, v, ...rest }) =>
    (db) =>
      db.send(new PutItemCommand({ ...rest, Item: { ...Key, v }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
);
const get = step(
  fc.record({ TableName, Key: key, ProjectionExpression: fc.constantFrom(undefined, 'v.n[0]', 'status', 'pk, v') }),
  'get',
  (input) => (db) => db.send(new GetItemCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' })),
);
const update = step(
  fc.record({
    TableName,
    Key: key,
    UpdateExpression: fc.constantFrom('SET w = :n', 'ADD c :n', 'SET pk = :n', 'REMOVE v', 'SET w = w + :n', 'SOT w'),
    ReturnValues: fc.constantFrom('UPDATED_NEW' as const, 'ALL_NEW' as const),
  }),
  'update',
  (input) => (db) => {
    const ExpressionAttributeValues = input.UpdateExpression.includes(':n') ? { ':n': { N: '2' } } : undefined;
    return db.send(new UpdateItemCommand({ ...input, ExpressionAttributeValues }));
  },
);
const remove = step(
  fc.record({ TableName, Key: key, ReturnValues: returned }),
  'delete',
  (input) => (db) => db.send(new DeleteItemCommand(input)),
);
const query = step(
  fc.record({ TableName, Limit: fc.constantFrom(undefined, 0, 1) }),
  'query',
  (input) => (db) =>
    db.send(
      new QueryCommand({
        ...input,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'a' } },
      }),
    ),
);
const scan = step(
  fc.record({ TableName, Limit: fc.constantFrom(undefined, 1) }),
  'scan',
  (input) => (db) => db.send(new ScanCommand(input)),
);
const batch = step(fc.record({ TableName, Key: key, v: value }), 'batch', ({ TableName, Key, v }) => async (db) => {
  const wrote = await db.send(
    new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { ...Key, v } } }] } }),
  );
  const read = await db.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
  return { ...read, UnprocessedItems: wrote.UnprocessedItems };
});
const transact = step(
  fc.record({ TableName, Key: key, v: value, ConditionExpression: condition }),
  'transact',
  ({ Key, v, ...rest }) =>
    (db) =>
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { ...rest, Item: { ...Key, v } } },
            { Delete: { TableName: 'tab', Key: { pk: { S: 'b' } } } },
          ],
        }),
      ),
);
const statement = step(
  fc.record({ Statement: fc.constantFrom('SELECT * FROM tab', "DELETE FROM tab WHERE pk = 'a'", 'SELEKT', '') }),
  'statement',
  (input) => (db) => db.send(new ExecuteStatementCommand(input)),
);
const describe = step(
  fc.record({ TableName }),
  'describe',
  (input) => (db) => db.send(new DescribeTableCommand(input)),
);
const wait = fc.integer({ min: 0, max: 2000 }).map((advanceMs): Step => ({ says: ['wait'], advanceMs }));

const anything = fc.oneof(
  put,
  put,
  get,
  get,
  update,
  update,
  remove,
  query,
  scan,
  batch,
  transact,
  statement,
  describe,
  wait,
);

interface Door {
  readonly db: DynamoDBClient;
  readonly world: OwnedWorld;
  readonly clock: VirtualClock;
}

/** Runs one call to its end; the clock moves only while the call itself waits in the world. */
async function drive<T>({ clock, world }: Door, call: Promise<T>): Promise<T> {
  const state = { isRunning: true };
  const ended = call.finally(() => {
    state.isRunning = false;
  });
  ended.catch(() => undefined);
  while (state.isRunning) {
    await turn();
    if (state.isRunning && world.parked() > 0 && world.inFlight() <= 0) clock.step();
  }
  return ended;
}

async function play(door: Door, steps: readonly Step[]): Promise<readonly object[]> {
  const { db, clock } = door;
  const history: object[] = [];
  const record = async (call: Promise<object>): Promise<void> => {
    try {
      const { $metadata, ...output } = (await drive(door, call)) as { $metadata: { attempts?: number } };
      history.push({ ...output, attempts: $metadata.attempts, at: clock.epochMs() });
    } catch (error) {
      const { name, message, $fault, $metadata, ...rest } = error as DynamoDBServiceException & Record<string, unknown>;
      const { Item, CancellationReasons } = rest;
      const { httpStatusCode, attempts } = $metadata;
      history.push({ name, message, $fault, httpStatusCode, attempts, Item, CancellationReasons, at: clock.epochMs() });
    }
  };
  await record(
    db.send(
      new CreateTableCommand({
        TableName: 'tab',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ),
  );
  clock.advanceTo(clock.epochMs() + 20_000);
  for (const { call, advanceMs } of steps) {
    if (advanceMs !== undefined) clock.advanceTo(clock.epochMs() + advanceMs);
    if (call !== undefined) await record(call(db));
  }
  return history;
}

function sdk(world: OwnedWorld, options: object): DynamoDBClient {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'x' };
  return new DynamoDBClient({
    region: 'us-east-1',
    credentials,
    retryStrategy: retryStrategy(world, { name: 'dynamodb' }),
    ...options,
  });
}

test.each([
  ['friendly', []],
  ['adverse', everyPermission],
] as const)(
  'doors - one program on tables, one history through all three (%s)',
  { timeout: 120_000 },
  async (_, permit) => {
    await loadService('dynamodb');
    const seen = { answered: 0, refused: 0, choices: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 10, maxLength: 30 }), fc.integer(), async (steps, seed) => {
        const start = (open: (world: OwnedWorld) => DynamoDBClient): Promise<readonly object[]> => {
          const clock = createVirtualClock({ order: (key, options) => world.choose('NET-order', key, options) });
          const world: OwnedWorld = createWorld({
            accountId,
            seed: accountSeed(seed, accountId),
            permissions: permit,
            clock,
          });
          return play({ db: open(world), world, clock }, steps);
        };
        const direct = await start((world) => client(world, DynamoDBClient));
        const handler = await start((world) => sdk(world, { requestHandler: requestHandler(world) }));
        await using emulator = await startEmulator({ clock: 'virtual', seed, permit });
        const world = emulator.worlds.of(accountId, 'us-east-1');
        const clock = emulator.worlds.virtualClock(accountId);
        if (clock === undefined) throw new Error('the clock is real');
        const db = sdk(world, { endpoint: emulator.url });
        const http = await play({ db, world, clock }, steps);
        db.destroy();
        expect(handler).toEqual(direct);
        expect(http).toEqual(direct);
        seen.answered += direct.filter((entry) => !('name' in entry)).length;
        seen.refused += direct.filter((entry) => 'name' in entry).length;
        seen.choices += world.fired().length;
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(0);
    expect(seen.choices > 0).toBe(permit.length > 0);
  },
);
