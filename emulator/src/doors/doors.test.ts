import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client, createWorld, requestHandler, startEmulator } from '../index.ts';

const credentials = { accessKeyId: '123456789012', secretAccessKey: 'x' };

async function roundTrip(sqs: SQSClient): Promise<{ readonly url: string; readonly error: unknown }> {
  await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
  const error = await sqs.send(new GetQueueUrlCommand({ QueueName: 'none' })).catch((reason: unknown) => reason);
  return { url: QueueUrl ?? '', error };
}

test('HTTP', async () => {
  await using emulator = await startEmulator();
  const sqs = new SQSClient({ endpoint: emulator.url, region: 'eu-west-1', credentials });
  const { url, error } = await roundTrip(sqs);
  expect(url).toBe(`http://sqs.eu-west-1.localhost.localstack.cloud:${emulator.port}/123456789012/q`);
  expect(error).toMatchObject({ name: 'QueueDoesNotExist', message: 'The specified queue does not exist.' });
  sqs.destroy();
});

test('request handler', async () => {
  const world = createWorld({ accountId: '123456789012' });
  const sqs = new SQSClient({ requestHandler: requestHandler(world), region: 'us-east-1', credentials });
  const { url, error } = await roundTrip(sqs);
  expect(url).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/q');
  expect(error).toMatchObject({ name: 'QueueDoesNotExist', $fault: 'client', $metadata: { httpStatusCode: 400 } });
  expect(world.requests()).toEqual({ 'sqs.CreateQueue': 1, 'sqs.GetQueueUrl': 2 });
  expect(world.inFlight()).toBe(0);
});

test('client', async () => {
  const world = createWorld({ accountId: '123456789012' });
  const { url, error } = await roundTrip(client(world, SQSClient));
  expect(url).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/q');
  expect(error).toMatchObject({ name: 'QueueDoesNotExist', $fault: 'client', $metadata: { httpStatusCode: 400 } });
  expect(world.requests()).toEqual({ 'sqs.CreateQueue': 1, 'sqs.GetQueueUrl': 2 });
  expect(world.inFlight()).toBe(0);
});
