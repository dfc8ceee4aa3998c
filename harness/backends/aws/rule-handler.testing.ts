import { readFileSync } from 'node:fs';
import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { deployHandler } from 'parallax-translator';
import { seededRandom } from '#core';
import type { SeedStand } from './seed-stand.testing.ts';

/** The document's rule handler, deployed behind a rule for all its sources. */
export interface RuleHandler {
  /** Calls it with an event, as the rule does, and waits: what it answers, or the error document. */
  readonly invoke: (event: object) => Promise<{ readonly isError: boolean; readonly answer: string }>;
  /** The agent's item as texts, `null` where nothing was written. */
  readonly item: (agentId: string) => Promise<Readonly<Record<string, string | undefined>> | null>;
  /** Sends what all attempts failed of to a queue, and returns what reads that. */
  readonly openFailures: () => Promise<() => Promise<readonly unknown[]>>;
  /** How often items have been written. */
  readonly writes: () => number;
}

export const handlerTable = 'agents';
export const handlerRuleArn = 'arn:aws:events:us-east-1:000000000000:rule/handler';

const code = readFileSync(new URL('./rule-handler.cjs', import.meta.url), 'utf8');
const roleArn = 'arn:aws:iam::000000000000:role/handler';

export async function deployRuleHandler({ clients, clock, world }: SeedStand): Promise<RuleHandler> {
  const { dynamodb, eventbridge, lambda, sqs } = clients;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: handlerTable,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'agent_id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'agent_id', KeyType: 'HASH' }],
    }),
  );
  const files = { 'index.js': code, 'table.json': JSON.stringify({ table: handlerTable }) };
  const { signal } = new AbortController();
  await deployHandler(
    { clients, clock, random: seededRandom(1), prefix: 'seed' },
    { subject: 'agent.rule', files, roleArn, timeoutSeconds: 3 },
    { signal },
  );
  const FunctionName = 'seedagent-rule-handler';
  const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
    }),
  );
  const EventPattern = JSON.stringify({ source: [{ prefix: 'mistersmith.' }] });
  await eventbridge.send(new PutRuleCommand({ Name: 'handler', EventPattern }));
  await eventbridge.send(new PutTargetsCommand({ Rule: 'handler', Targets: [{ Id: 'function', Arn: FunctionArn }] }));
  return {
    invoke: async (event) => {
      const command = new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
      const { FunctionError, Payload } = await lambda.send(command);
      return { isError: FunctionError !== undefined, answer: Buffer.from(Payload ?? []).toString('utf8') };
    },
    item: async (agentId) => {
      const Key = { agent_id: { S: agentId } };
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: handlerTable, Key, ConsistentRead: true }));
      return Item === undefined ? null : Object.fromEntries(Object.entries(Item).map(([name, { S }]) => [name, S]));
    },
    openFailures: async () => {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'failures' }));
      const Destination = 'arn:aws:sqs:us-east-1:000000000000:failures';
      await lambda.send(
        new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig: { OnFailure: { Destination } } }),
      );
      return async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        return Messages.map(({ Body = '' }): unknown => JSON.parse(Body));
      };
    },
    writes: () => world.requests()['dynamodb.PutItem'] ?? 0,
  };
}
