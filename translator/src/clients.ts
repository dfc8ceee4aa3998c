import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';

/**
 * The AWS SDK clients a connection works with: real ones, ones with a request handler of their own, or anything whose
 * `send` takes the same commands.
 */
export interface AwsClients {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  /**
   * For long polls, so that they cannot take the sockets that sending needs; give it as many sockets as there are
   * subscriptions. `sqs` where absent.
   */
  readonly polling?: Pick<SQSClient, 'send'>;
}
