import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
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
import { playThroughDoors } from '../doors/door-run.fixture.ts';
import type { Clients, Step as DoorStep } from '../doors/door-run.fixture.ts';
import { isPermissionId, loadService, permissions } from '../index.ts';

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

const table: readonly DoorStep[] = [
  {
    says: 'table',
    call: ({ db }) =>
      db.send(
        new CreateTableCommand({
          TableName: 'tab',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
          BillingMode: 'PAY_PER_REQUEST',
        }),
      ),
    advanceMs: 20_000,
  },
];

function doorStep({ says, call, advanceMs = 0 }: Step): DoorStep {
  return { says, advanceMs, ...(call !== undefined && { call: ({ db }: Clients) => call(db) }) };
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
        const program = [...table, ...steps.map(doorStep)];
        const { direct, handler, http } = await playThroughDoors(program, { seed, permit });
        expect(handler.history).toEqual(direct.history);
        expect(http.history).toEqual(direct.history);
        seen.answered += direct.history.filter((entry) => !('name' in entry)).length;
        seen.refused += direct.history.filter((entry) => 'name' in entry).length;
        seen.choices += direct.fired.size;
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(0);
    expect(seen.choices > 0).toBe(permit.length > 0);
  },
);
