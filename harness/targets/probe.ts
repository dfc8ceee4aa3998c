import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { deployHandler } from 'parallax-translator';
import { realClock, seededRandom } from '#core';

/** What an AWS emulator may lack, depending on how it was installed. */
export type ProbeName = 'lambda' | 'streams';

/** No run has this account: what a probe makes is nobody else's. */
const account = '909090909090';

/**
 * Tries on the target what its installation may lack: a Lambda function that runs, a table with a stream. Resolves to
 * what does not work, in the target's own words.
 */
export async function probe({
  url,
  signal,
}: {
  readonly url: string;
  readonly signal: AbortSignal;
}): Promise<Readonly<Partial<Record<ProbeName, string>>>> {
  const config = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
    // A 500 is an answer here; asking again only takes longer.
    maxAttempts: 1,
  };
  const lambda = new LambdaClient(config);
  const dynamodb = new DynamoDBClient(config);
  try {
    const [noLambda, noStreams] = await Promise.all([
      complaint(() => runFunction(lambda, signal), signal),
      complaint(() => makeStream(dynamodb, signal), signal),
    ]);
    return {
      ...(noLambda !== undefined && { lambda: noLambda }),
      ...(noStreams !== undefined && { streams: noStreams }),
    };
  } finally {
    lambda.destroy();
    dynamodb.destroy();
  }
}

async function complaint(act: () => Promise<void>, signal: AbortSignal): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

const answer = 'probed';

async function runFunction(lambda: LambdaClient, signal: AbortSignal): Promise<void> {
  const remove = await deployHandler(
    { clients: { lambda }, clock: realClock, random: seededRandom(1), prefix: 'probe' },
    {
      subject: 'agent.probe',
      files: { 'index.js': `exports.handler = async () => '${answer}';` },
      roleArn: `arn:aws:iam::${account}:role/probe`,
      timeoutSeconds: 10,
    },
    { signal },
  );
  try {
    // As `handlerName` of the translator makes it of prefix and subject.
    const invoked = await lambda.send(new InvokeCommand({ FunctionName: 'probeagent-probe-handler' }), {
      abortSignal: signal,
    });
    const payload = Buffer.from(invoked.Payload ?? []).toString('utf8');
    if (payload !== JSON.stringify(answer)) throw new Error(`the function answered '${payload}'`);
  } finally {
    await remove();
  }
}

async function makeStream(dynamodb: DynamoDBClient, signal: AbortSignal): Promise<void> {
  const TableName = 'probe';
  const options = { abortSignal: signal };
  try {
    const { TableDescription } = await dynamodb.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
      options,
    );
    if (TableDescription?.LatestStreamArn === undefined) throw new Error('CreateTable answered without a stream');
  } finally {
    await dynamodb.send(new DeleteTableCommand({ TableName }), options).catch(() => undefined);
  }
}
