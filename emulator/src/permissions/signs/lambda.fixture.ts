import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { advance } from '../../advance.ts';
import { client } from '../../index.ts';
import { zipOf } from '../../lambda/zip.fixture.ts';
import type { Stand } from '../../stand.fixture.ts';
import type { lambdaPermissions } from '../lambda.ts';
import type { Sign } from './sign.fixture.ts';

/** Tells a queue at which second it ran. */
const teller = `
  const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
  const sqs = new SQSClient({});
  exports.handler = async () => {
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.LEDGER, MessageBody: String(Date.now() / 1000) }));
  };`;

interface FunctionStand extends Stand {
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly source: string | undefined;
  readonly invoke: (more?: object) => Promise<unknown>;
  readonly addMapping: () => Promise<unknown>;
  /** The seconds since the start at which the function ran, once so much time has passed. */
  readonly runsWithin: (ms: number) => Promise<readonly number[]>;
}

async function withFunction(stand: Stand): Promise<FunctionStand> {
  const { world, clock, drive } = stand;
  const sqs = client(world, SQSClient);
  const lambda = client(world, LambdaClient, { maxAttempts: 1 });
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'ledger', Attributes: { VisibilityTimeout: '43200' } }),
  );
  const source = await sqs.send(
    new CreateQueueCommand({ QueueName: 'source', Attributes: { VisibilityTimeout: '30' } }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: 'arn:aws:iam::000000000000:role/r',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.js', teller) },
      Environment: { Variables: { LEDGER: QueueUrl ?? '' } },
    }),
  );
  const startMs = clock.epochMs();
  return {
    ...stand,
    lambda,
    sqs,
    source: source.QueueUrl,
    invoke: (more = {}) => drive(lambda.send(new InvokeCommand({ FunctionName: 'f', ...more }))),
    addMapping: () =>
      lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: 'f',
          EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:source',
        }),
      ),
    runsWithin: async (ms) => {
      await advance(clock, world, clock.epochMs() + ms);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body }) => Number(Body) - startMs / 1000);
    },
  };
}

const hourMs = 3_600_000;

/** One asynchronous event is sent, and six hours and more go by. */
const onEvent =
  (look: (runs: readonly number[]) => boolean): Sign =>
  async (stand) => {
    const { invoke, runsWithin } = await withFunction(stand);
    await invoke({ InvocationType: 'Event' });
    return look(await runsWithin(7 * hourMs));
  };

/** A message lies in a queue that a mapping reads. */
const onMessage =
  (look: (runs: readonly number[]) => boolean): Sign =>
  async (stand) => {
    const { addMapping, sqs, source, runsWithin } = await withFunction(stand);
    await addMapping();
    await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: 'm' }));
    return look(await runsWithin(600_000));
  };

export const lambdaSigns: Readonly<Record<keyof typeof lambdaPermissions, Sign>> = {
  'ADV-LAM-01': onEvent((runs) => runs.length === 2),
  'ADV-LAM-02': onEvent((runs) => runs.length === 1 && (runs[0] ?? 0) >= 1),
  'ADV-LAM-03': onEvent((runs) => runs.length === 0),
  'ADV-LAM-04': onMessage((runs) => runs.length > 1),
  'ADV-LAM-05': onMessage((runs) => (runs[0] ?? 0) >= 30),
  'ADV-LAM-06': async (stand) => {
    const { invoke } = await withFunction(stand);
    const startMs = stand.clock.epochMs();
    try {
      await invoke();
    } catch (error) {
      if (error instanceof Error && error.name === 'TooManyRequestsException') return true;
      throw error;
    }
    return stand.clock.epochMs() > startMs;
  },
};
