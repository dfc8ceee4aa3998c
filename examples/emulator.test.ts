import { CreateQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { startEmulator } from 'parallax-emulator';
import { expect, test } from 'vitest';

/** An emulator for the length of a block; the SDK needs its address and any credentials. */
test('what is sent is received', async () => {
  await using emulator = await startEmulator();
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'any' };
  const sqs = new SQSClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['one']);
  sqs.destroy();
});
