import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { startEmulator } from 'parallax-emulator';
import { expect, test } from 'vitest';

/** Adds up the payments of a queue; `seen` is what it knows of messages that it has had before. */
async function total(sqs: SQSClient, QueueUrl: string | undefined, seen?: Set<string>): Promise<number> {
  let sum = 0;
  const done: (string | undefined)[] = [];
  for (let empty = 0; empty < 3;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    empty = Messages.length === 0 ? empty + 1 : 0;
    for (const { Body, MessageId = '', ReceiptHandle } of Messages) {
      if (seen?.has(MessageId) !== true) sum += Number(Body);
      seen?.add(MessageId);
      done.push(ReceiptHandle);
    }
  }
  for (const ReceiptHandle of done) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return sum;
}

/** A standard queue may deliver a message twice; from a seed it does so in every run. */
test('a consumer that is not idempotent pays twice on a bad day, and one that is does not', async () => {
  await using emulator = await startEmulator({ permit: { 'ADV-SQS-01': 0.5 }, seed: 7 });
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'any' };
  const sqs = new SQSClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  const totals: number[] = [];
  for (const seen of [undefined, new Set<string>()]) {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `payments-${totals.length}` }));
    for (let payment = 0; payment < 10; payment += 1)
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '1' }));
    totals.push(await total(sqs, QueueUrl, seen));
  }
  expect(totals[0]).toBeGreaterThan(10);
  expect(totals[1]).toBe(10);
  const page = await fetch(`${emulator.url}/_parallax/permissions`);
  expect(await page.text()).toContain('On rare occasions, one of the servers that stores a copy of a message');
  sqs.destroy();
});
