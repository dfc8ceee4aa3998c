/** The exact mapping's rules and policies on LocalStack, for real: needs Docker and the image of docker-compose.yml. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { startLocalstack } from '../../fixtures/localstack.ts';
import { UnavailableError } from '../../fixtures/unavailable-error.ts';
import { throughBus, throughTopic } from './end-to-end.testing.ts';
import type { Aws } from './end-to-end.testing.ts';
import { smallPairs } from './law-cases.ts';

const pairs = smallPairs();
/** A part of the small cases: LocalStack takes some milliseconds for each call. */
const filters = [...new Set(pairs.map(([filter]) => filter))].filter((_, index) => index % 2 === 0);
const subjects = [...new Set(pairs.map(([, subject]) => subject))].filter((_, index) => index % 5 === 0);

function awsAt(endpoint: string): Aws {
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  return {
    events: new EventBridgeClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    waitSeconds: 1,
    settle: () => Promise.resolve(),
  };
}

test('on LocalStack, each filter’s queue gets the subjects that NATS hands to the filter', async ({ skip, signal }) => {
  let localstack;
  try {
    localstack = await startLocalstack({ env: process.env, signal, dockerSocket: false });
  } catch (error) {
    if (error instanceof UnavailableError) skip(error.message);
    throw error;
  }
  await using _ = localstack;
  for (const [name, through] of Object.entries({ bus: throughBus, topic: throughTopic })) {
    const agreements = await through(awsAt(localstack.url), { filters, subjects, prefix: `${name}-` });
    for (const { filter, got, wanted } of agreements) expect([name, filter, got]).toEqual([name, filter, wanted]);
    expect(agreements.flatMap(({ got }) => got).length).toBeGreaterThan(filters.length);
  }
});
