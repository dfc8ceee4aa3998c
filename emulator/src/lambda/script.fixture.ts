import { expect } from 'vitest';
import { arn } from '../script.fixture.ts';
import type { Answers, Step } from '../script.fixture.ts';
import { zipOf } from './zip.fixture.ts';

const FunctionName = 'f';
const FunctionArn = arn('lambda', 'function:f');
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const code = (text: string) => zipOf('index.js', `exports.handler = async () => '${text}';`);
const answered = (text: string) => ({
  Payload: expect.toSatisfy((bytes) => Buffer.from(bytes).toString() === `"${text}"`),
});
const UUID = ({ CreateEventSourceMapping }: Answers) => ({ UUID: CreateEventSourceMapping?.['UUID'] });

/** Every operation of Lambda that is there. */
export const lambdaScript: readonly Step[] = [
  ['sqs.CreateQueue', { QueueName: 'q' }],
  [
    'CreateFunction',
    {
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/r',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: code('one') },
    },
    { FunctionArn },
  ],
  ['GetFunction', { FunctionName }, { Configuration: { State: 'Active' } }],
  ['GetFunctionConfiguration', { FunctionName }, { Timeout: 3 }],
  ['ListFunctions', {}, { Functions: [{ FunctionName }] }],
  ['Invoke', { FunctionName }, answered('one')],
  ['UpdateFunctionCode', { FunctionName, ZipFile: code('two') }],
  ['Invoke', { FunctionName }, answered('two')],
  ['UpdateFunctionConfiguration', { FunctionName, Timeout: 5 }],
  ['GetFunctionConfiguration', { FunctionName }, { Timeout: 5 }],
  ['PublishVersion', { FunctionName }, { Version: '1' }],
  ['ListVersionsByFunction', { FunctionName }, { Versions: [{ Version: '$LATEST' }, { Version: '1' }] }],
  ['CreateAlias', { FunctionName, Name: 'live', FunctionVersion: '1' }],
  ['UpdateAlias', { FunctionName, Name: 'live', Description: 'changed' }],
  ['GetAlias', { FunctionName, Name: 'live' }, { Description: 'changed' }],
  ['ListAliases', { FunctionName }, { Aliases: [{ Name: 'live' }] }],
  ['DeleteAlias', { FunctionName, Name: 'live' }],
  ['ListAliases', { FunctionName }, { Aliases: [] }],
  [
    'AddPermission',
    { FunctionName, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
  ],
  ['GetPolicy', { FunctionName }, { Policy: expect.stringContaining('sns.amazonaws.com') }],
  ['RemovePermission', { FunctionName, StatementId: 's' }],
  ['PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 5 }],
  ['GetFunctionConcurrency', { FunctionName }, { ReservedConcurrentExecutions: 5 }],
  [
    'GetAccountSettings',
    {},
    { AccountLimit: { UnreservedConcurrentExecutions: 995 }, AccountUsage: { FunctionCount: 1 } },
  ],
  ['DeleteFunctionConcurrency', { FunctionName }],
  ['GetFunctionConcurrency', { FunctionName }, { ReservedConcurrentExecutions: undefined }],
  ['PutFunctionEventInvokeConfig', { FunctionName, MaximumRetryAttempts: 1 }],
  ['UpdateFunctionEventInvokeConfig', { FunctionName, MaximumEventAgeInSeconds: 60 }],
  ['GetFunctionEventInvokeConfig', { FunctionName }, { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 }],
  ['ListFunctionEventInvokeConfigs', { FunctionName }, { FunctionEventInvokeConfigs: [{ MaximumRetryAttempts: 1 }] }],
  ['DeleteFunctionEventInvokeConfig', { FunctionName }],
  ['CreateEventSourceMapping', { FunctionName, EventSourceArn: arn('sqs', 'q') }, { BatchSize: 10 }],
  ['UpdateEventSourceMapping', (answers) => ({ ...UUID(answers), BatchSize: 5 })],
  ['GetEventSourceMapping', UUID, { BatchSize: 5, State: 'Enabled' }],
  ['sqs.SendMessage', { QueueUrl, MessageBody: 'for the function' }],
  [
    'sqs.GetQueueAttributes',
    { QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessages'] },
    { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } },
  ],
  ['ListEventSourceMappings', { FunctionName }, { EventSourceMappings: [{ FunctionArn }] }],
  ['DeleteEventSourceMapping', UUID],
  ['TagResource', { Resource: FunctionArn, Tags: { a: '1', b: '2' } }],
  ['UntagResource', { Resource: FunctionArn, TagKeys: ['b'] }],
  ['ListTags', { Resource: FunctionArn }, { Tags: { a: '1' } }],
  ['DeleteFunction', { FunctionName }],
  ['ListFunctions', {}, { Functions: [] }],
];
