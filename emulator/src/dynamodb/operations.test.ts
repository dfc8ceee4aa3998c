import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

async function stand() {
  const clock = createVirtualClock({ startMs: start });
  const world = createWorld({ clock });
  const db = client(world, DynamoDBClient);
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start + 1000);
  const put = (id: string, more: Record<string, AttributeValue> = {}) =>
    db.send(new PutItemCommand({ TableName: 'tab', Item: { id: { S: id }, ...more } }));
  const get = async (id: string) =>
    (await db.send(new GetItemCommand({ TableName: 'tab', Key: { id: { S: id } }, ConsistentRead: true }))).Item;
  return { clock, world, db, put, get };
}

async function records({ world, db }: Awaited<ReturnType<typeof stand>>) {
  const streams = client(world, DynamoDBStreamsClient);
  const { Table } = await db.send(new DescribeTableCommand({ TableName: 'tab' }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  return (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
}

test('a table - is not there for data before it is active', async () => {
  const db = client(createWorld({ clock: createVirtualClock() }), DynamoDBClient);
  const { TableDescription } = await db.send(
    new CreateTableCommand({
      TableName: 'new',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  expect(TableDescription?.TableStatus).toBe('CREATING');
  await expect(db.send(new PutItemCommand({ TableName: 'new', Item: { id: { S: 'a' } } }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
});

test('a stream - records changes only, and a deletion by time to live as the service', async () => {
  const s = await stand();
  await s.db.send(
    new UpdateTimeToLiveCommand({
      TableName: 'tab',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' },
    }),
  );
  const until = { N: String(start / 1000 + 60) };
  await s.put('a', { until });
  await s.put('a', { until });
  await s.put('b', { until: { S: 'never' } });
  s.clock.advanceTo(start + 59_999);
  expect(await s.get('a')).toBeDefined();
  s.clock.advanceTo(start + 60_000);
  expect(await s.get('a')).toBeUndefined();
  await s.db.send(new DeleteItemCommand({ TableName: 'tab', Key: { id: { S: 'b' } } }));
  await s.db.send(new DeleteItemCommand({ TableName: 'tab', Key: { id: { S: 'b' } } }));
  const seen = await records(s);
  expect(
    seen.map(({ eventName, dynamodb, userIdentity }) => [eventName, dynamodb?.Keys?.['id']?.S, userIdentity?.Type]),
  ).toEqual([
    ['INSERT', 'a', undefined],
    ['INSERT', 'b', undefined],
    ['REMOVE', 'a', 'Service'],
    ['REMOVE', 'b', undefined],
  ]);
  s.clock.advanceTo(start + 25 * 60 * 60 * 1000);
  expect(await records(s)).toEqual([]);
});

test('a transaction - is all or nothing and done once per token for ten minutes', async () => {
  const s = await stand();
  await s.put('a', { n: { N: '1' } });
  const add = (token: string) =>
    s.db.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: token,
        TransactItems: [
          {
            Update: {
              TableName: 'tab',
              Key: { id: { S: 'a' } },
              UpdateExpression: 'ADD n :one',
              ExpressionAttributeValues: { ':one': { N: '1' } },
            },
          },
          { Put: { TableName: 'tab', Item: { id: { S: 'b' } } } },
        ],
      }),
    );
  await add('t');
  await add('t');
  expect((await s.get('a'))?.['n']).toEqual({ N: '2' });
  s.clock.advanceTo(start + 12 * 60_000);
  await add('t');
  expect((await s.get('a'))?.['n']).toEqual({ N: '3' });
  const failing = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName: 'tab', Item: { id: { S: 'c' } } } },
      {
        Put: {
          TableName: 'tab',
          Item: { id: { S: 'a' } },
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    ],
  });
  await expect(s.db.send(failing)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
    CancellationReasons: [
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { id: { S: 'a' }, n: { N: '3' } },
      },
    ],
  });
  expect(await s.get('c')).toBeUndefined();
});

test.each([
  ['SET a = b', 'The provided expression refers to an attribute that does not exist in the item'],
  ['SET a.b = :v', 'The document path provided in the update expression is invalid for update'],
  ['SET n = n + s', 'An operand in the update expression has an incorrect data type'],
  [
    'SET a = :v, a = :v',
    'Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
  ],
  ['SET a = :w', 'An expression attribute value used in expression is not defined; attribute value: :w'],
  ['SET #a = :v', 'An expression attribute name used in the document path is not defined; attribute name: #a'],
  ['SET status = :v', 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['SET a = size(:v)', 'The function is not allowed in an update expression; function: size'],
  ['SET a = foo(:v)', 'Invalid function name; function: foo'],
  ['SET a = :v SET b = :v', 'The "SET" section can only be used once in an update expression;'],
  ['DELETE a :v', 'operator: DELETE, operand type: STRING, typeSet: ALLOWED_FOR_DELETE_OPERAND'],
  ['SET a = :v b', 'Syntax error; token: "b", near: ":v b"'],
  ['SET a =', 'Syntax error; token: "<EOF>", near: "="'],
  ['SET id = :v', 'Cannot update attribute id. This attribute is part of the key'],
])('UpdateItem - refuses %j', async (UpdateExpression, message) => {
  const s = await stand();
  await s.put('a', { n: { N: '1' }, s: { S: 'x' } });
  const update = new UpdateItemCommand({
    TableName: 'tab',
    Key: { id: { S: 'a' } },
    UpdateExpression,
    ...(UpdateExpression.includes(':v') && { ExpressionAttributeValues: { ':v': { S: 'v' } } }),
  });
  await expect(s.db.send(update)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('UpdateItem - reads what it writes from the item as it was', async () => {
  const s = await stand();
  await s.put('a', {
    x: { N: '1' },
    y: { N: '2' },
    l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
    t: { SS: ['p', 'q'] },
  });
  const { Attributes } = await s.db.send(
    new UpdateItemCommand({
      TableName: 'tab',
      Key: { id: { S: 'a' } },
      UpdateExpression: 'SET x = y, y = x, l[9] = :n, l[7] = :m REMOVE l[0], l[2] DELETE t :gone ADD c :n',
      ExpressionAttributeValues: { ':n': { N: '9' }, ':m': { N: '7' }, ':gone': { SS: ['p', 'q'] } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  expect(Attributes).toEqual({
    id: { S: 'a' },
    x: { N: '2' },
    y: { N: '1' },
    c: { N: '9' },
    l: { L: [{ N: '1' }, { N: '7' }, { N: '9' }] },
  });
});

test.each([
  ['id = :v AND contains(a, :v)', 'Invalid operator used in KeyConditionExpression: contains'],
  ['id = :v OR id = :v', 'Invalid operator used in KeyConditionExpression: OR'],
  ['((id = :v))', 'The expression has redundant parentheses;'],
  ['id > :v', 'Query key condition not supported'],
  ['id = :v AND extra = :v', 'Query key condition not supported'],
])('Query - refuses %j', async (KeyConditionExpression, message) => {
  const s = await stand();
  const query = new QueryCommand({
    TableName: 'tab',
    KeyConditionExpression,
    ExpressionAttributeValues: { ':v': { S: 'v' } },
  });
  await expect(s.db.send(query)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('PartiQL - writes, reads on by token, and refuses what it must', async () => {
  const s = await stand();
  const run = (Statement: string, more: object = {}) => s.db.send(new ExecuteStatementCommand({ Statement, ...more }));
  await run(`INSERT INTO tab VALUE {'id': 'a', 'tags': <<'x', 'y'>>, 'm': {'n': 1.50}, 'l': [1, true, null]}`);
  expect(await s.get('a')).toEqual({
    id: { S: 'a' },
    tags: { SS: ['x', 'y'] },
    m: { M: { n: { N: '1.5' } } },
    l: { L: [{ N: '1' }, { BOOL: true }, { NULL: true }] },
  });
  const { Items } = await run(
    `UPDATE tab SET m.n = m.n + 1 SET tags = set_add(tags, <<'z'>>) REMOVE l WHERE id = ? RETURNING ALL NEW *`,
    {
      Parameters: [{ S: 'a' }],
    },
  );
  expect(Items).toEqual([{ id: { S: 'a' }, tags: { SS: ['x', 'y', 'z'] }, m: { M: { n: { N: '2.5' } } } }]);
  await run(`INSERT INTO tab VALUE {'id': 'b'}`);
  const found: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await run(`SELECT id FROM tab WHERE id IN ['a', 'b']`, { Limit: 1, NextToken });
    found.push(...(page.Items ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(found).toEqual([{ id: { S: 'a' } }, { id: { S: 'b' } }]);
  await expect(run(`INSERT INTO tab VALUE {'id': 'b'}`)).rejects.toMatchObject({ name: 'DuplicateItemException' });
  await expect(run(`UPDATE tab SET x = 1 WHERE id = 'none'`)).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  await expect(run(`DELETE FROM tab WHERE x = 1`)).rejects.toMatchObject({
    message: 'Where clause does not contain a mandatory equality on all key attributes',
  });
  await expect(run(`SELECT * FROM tab WHERE id = ?`)).rejects.toMatchObject({
    message: "Number of parameters in request and statement don't match.",
  });
});
