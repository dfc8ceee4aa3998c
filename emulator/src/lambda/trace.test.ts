import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import { stand } from '../stand.fixture.ts';
import { zipOf } from './zip.fixture.ts';

test('the trace of an event reaches the function, and no later invocation', async () => {
  const { world, idle } = stand();
  const lambda = client(world, LambdaClient);
  const events = client(world, EventBridgeClient);
  const source = `const seen = []; exports.handler = async (event) => {
    if (event.tell) return seen;
    seen.push(process.env._X_AMZN_TRACE_ID ?? null);
  };`;
  const { FunctionArn: Arn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: 'arn:aws:iam::000000000000:role/r',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.js', source) },
    }),
  );
  const Principal = 'events.amazonaws.com';
  await lambda.send(
    new AddPermissionCommand({ FunctionName: 'f', StatementId: 's', Action: 'lambda:InvokeFunction', Principal }),
  );
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["s"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn }] }));
  for (const TraceHeader of ['Root=1-67f4141f-e1cd7672871da115129f8b19', undefined]) {
    await events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}', TraceHeader }] }));
    await idle();
  }
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from('{"tell":true}') }),
  );
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual(['Root=1-67f4141f-e1cd7672871da115129f8b19', null]);
});
