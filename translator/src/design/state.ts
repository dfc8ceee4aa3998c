import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import type { ConnectOptions } from '../connection.ts';
import { UnsupportedError } from '../errors.ts';
import type { Kv } from '../kv.ts';
import { lossyText } from './publish.ts';

const ttlSeconds = 300;

/**
 * A bucket as the document's state manager keeps it: one typed item per agent, written without a condition and read
 * without consistency; `ttl` is written and never looked at. The value is the agent's status. Creating and updating
 * are that same write; what the manager has no call for is unsupported.
 */
export async function openState(options: ConnectOptions, bucket: string): Promise<Kv> {
  const { clients, clock, prefix } = options;
  const table = `${prefix}${bucket}`;
  await createTable(options, table);

  async function put(key: string, value: Uint8Array): Promise<null> {
    await clients.dynamodb.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          agent_id: { S: key },
          status: { S: lossyText(value) },
          capabilities: { L: [] },
          current_load: { N: '0' },
          last_heartbeat: { S: new Date(clock.epochMs()).toISOString() },
          ttl: { N: String(Math.floor(clock.epochMs() / 1000) + ttlSeconds) },
        },
      }),
    );
    return null;
  }

  return {
    put,
    create: (key, value, { ttlMs } = {}) => (ttlMs === undefined ? put(key, value) : lacking('a time to live per key')),
    update: put,
    get: async (key) => {
      const { Item } = await clients.dynamodb.send(
        new GetItemCommand({ TableName: table, Key: { agent_id: { S: key } } }),
      );
      const status = Item?.['status']?.S;
      if (status === undefined) return null;
      return { key, value: Buffer.from(status, 'utf8'), revision: null, operation: 'PUT' };
    },
    delete: () => lacking('delete'),
    purge: () => lacking('purge'),
    history: () => lacking('history'),
    keys: () => lacking('keys'),
    watch: () => lacking('watch'),
  };
}

function lacking(call: string): Promise<never> {
  return Promise.reject(new UnsupportedError(`the state manager has no ${call}`));
}

/** The table is the deployment's; time to live is not enabled, as the document's code does not. */
async function createTable({ clients }: ConnectOptions, TableName: string): Promise<void> {
  try {
    await clients.dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'agent_id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'agent_id', KeyType: 'HASH' }],
      }),
    );
  } catch (error) {
    if (!isAwsError(error, 'ResourceInUseException')) throw error;
  }
}
