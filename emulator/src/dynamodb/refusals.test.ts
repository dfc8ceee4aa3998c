import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import { stand } from '../stand.fixture.ts';

/** Words that moto's tests, marked as verified against AWS, found. */
async function table() {
  const { world, idle } = stand();
  const dynamo = client(world, DynamoDBClient);
  const create = async () => {
    await dynamo.send(
      new CreateTableCommand({
        TableName: 'table',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await idle();
  };
  await create();
  return { dynamo, create, idle };
}

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/table';
const policy = (action: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: action }] });

test('a resource policy has a revision, which the same policy keeps and another one replaces', async () => {
  const { dynamo } = await table();
  const put = (action: string, ExpectedRevisionId?: string) =>
    dynamo.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: policy(action), ExpectedRevisionId }));
  const { RevisionId: first } = await put('dynamodb:GetItem', 'NO_POLICY');
  expect((await put('dynamodb:GetItem')).RevisionId).toBe(first);
  const { RevisionId: second } = await put('dynamodb:PutItem', first);
  expect(Number(second)).toBeGreaterThan(Number(first));
  await expect(put('dynamodb:Query', first)).rejects.toThrow(
    `Requested update for policy with revision id ${first}, but the policy associated to target table table has revision id ${second}.`,
  );
  await expect(put('dynamodb:Query', 'NO_POLICY')).rejects.toThrow(
    `Requested policy update expecting none to be present for table table, but a policy exists with revision id ${second}.`,
  );
  const ResourceArn = `${arn}-not`;
  for (const command of [
    new GetResourcePolicyCommand({ ResourceArn }),
    new DeleteResourcePolicyCommand({ ResourceArn }),
  ]) {
    await expect(dynamo.send(command)).rejects.toThrow('Requested resource not found: Table: table-not not found');
  }
});

test('an empty key fails a transaction as a whole, before any reason', async () => {
  const { dynamo } = await table();
  const Update = {
    TableName: 'table',
    Key: { pk: { S: '' } },
    UpdateExpression: 'SET a = :v',
    ExpressionAttributeValues: { ':v': { N: '0' } },
  };
  await expect(dynamo.send(new TransactWriteItemsCommand({ TransactItems: [{ Update }] }))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
  });
});

test('a token is forgotten with the last of its tables', async () => {
  const { dynamo, create, idle } = await table();
  const put = (id: string) =>
    dynamo.send(
      new TransactWriteItemsCommand({
        ClientRequestToken: 'token',
        TransactItems: [{ Put: { TableName: 'table', Item: { pk: { S: id } } } }],
      }),
    );
  await put('a');
  await expect(put('b')).rejects.toThrow('The client request token was used in another request');
  await dynamo.send(new DeleteTableCommand({ TableName: 'table' }));
  await idle();
  await create();
  await expect(put('b')).resolves.toBeDefined();
});

test('all expressions are read before the key condition is understood', async () => {
  const { dynamo } = await table();
  const query = { TableName: 'table', KeyConditionExpression: 'pk = sth', FilterExpression: '' };
  await expect(dynamo.send(new QueryCommand(query))).rejects.toThrow(
    'Invalid FilterExpression: The expression can not be empty;',
  );
});

test('PartiQL does not name an index that is not there', async () => {
  const { dynamo } = await table();
  const Statement = 'SELECT * FROM "table"."none"';
  await expect(dynamo.send(new ExecuteStatementCommand({ Statement }))).rejects.toMatchObject({
    message: 'The table does not have the specified index',
  });
});
