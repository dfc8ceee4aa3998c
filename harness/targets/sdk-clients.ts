import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import type { SNSClientConfig } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSClientConfig } from '@aws-sdk/client-sqs';
import type { AwsClients } from 'parallax-translator';

type Config = SQSClientConfig & SNSClientConfig & EventBridgeClientConfig & DynamoDBClientConfig & LambdaClientConfig;

/** What happens around a call, outermost: the SDK's retries are within. */
export type AroundCall = <A, R>(
  next: (args: A) => Promise<R>,
  context: { readonly commandName?: string },
) => (args: A) => Promise<R>;

/**
 * The SDK's clients that the translator asks for, each with a configuration of its own. `config` and `around` are asked by the
 * emulator's name for a service.
 */
export function sdkClients({
  config,
  around,
  pollsOnce = false,
}: {
  readonly config: (service: string) => Config;
  readonly around: (service: string) => AroundCall;
  /** `exact` repeats its polls itself: the SDK waits longer after a throttled one than a request has time. */
  readonly pollsOnce?: boolean;
}) {
  const sqs = new SQSClient(config('sqs'));
  const polling = new SQSClient({ ...config('sqs'), ...(pollsOnce ? { maxAttempts: 1 } : {}) });
  const sns = new SNSClient(config('sns'));
  const eventbridge = new EventBridgeClient(config('events'));
  const dynamodb = new DynamoDBClient(config('dynamodb'));
  const lambda = new LambdaClient(config('lambda'));
  // One line each: the stacks have types of their own, and no common one takes a middleware.
  sqs.middlewareStack.add(around('sqs'), { step: 'initialize' });
  polling.middlewareStack.add(around('sqs'), { step: 'initialize' });
  sns.middlewareStack.add(around('sns'), { step: 'initialize' });
  eventbridge.middlewareStack.add(around('events'), { step: 'initialize' });
  dynamodb.middlewareStack.add(around('dynamodb'), { step: 'initialize' });
  lambda.middlewareStack.add(around('lambda'), { step: 'initialize' });
  return { sqs, polling, sns, eventbridge, dynamodb, lambda } satisfies AwsClients;
}
