import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { withQueue } from '../permissions/signs/sqs.fixture.ts';
import { stand } from '../stand.fixture.ts';

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.name : ''),
  );
}

test(
  'ADV-SQS-07 - receives may be refused near 120,000 messages in flight, and are at it',
  { timeout: 120_000 },
  async () => {
    const { sqs, url, receive, fill } = await withQueue(stand({ seed: 1, permissions: ['ADV-SQS-07'] }), 'q');
    await fill(118_800);
    const outcomes = async (calls: number): Promise<readonly string[]> => {
      const seen = new Set<string>();
      for (let call = 0; call < calls; call += 1) seen.add(await outcome(receive()));
      return [...seen].sort();
    };
    expect(await outcomes(20)).toEqual(['OverLimit', 'answered']);
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' }));
    for (let batch = 0; batch < 130; batch += 1)
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await outcomes(600);
    expect(await outcomes(20)).toEqual(['OverLimit']);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 1 }));
    expect(Messages).toBeUndefined();
  },
);

test('a lease ends 12 hours after its receive', async () => {
  const { sqs, url, send, receive, pass } = await withQueue(stand(), 'q');
  await send('a');
  const [message] = await receive();
  const change = (VisibilityTimeout: number): Promise<unknown> =>
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
    );
  await change(43_200);
  await pass(1000);
  await expect(change(43_200)).rejects.toThrow('is beyond the limit [43200 seconds]');
  await change(43_199);
  await pass(43_199_000);
  expect(await receive()).toHaveLength(1);
});
