import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { unlessAborted } from '../abort.ts';
import { sleep } from '../clock.ts';
import type { ConnectOptions } from '../connection.ts';

const tickMs = 100;

/**
 * The document's polling consumer. Its interval ticks in bursts to catch up, as Tokio's does; an error of a receive or
 * of a delete ends it; messages of a batch are handled one after another under one visibility timeout.
 */
export async function consume(
  { clients, clock, onError }: ConnectOptions,
  {
    queueUrl,
    handle,
    signal,
  }: {
    readonly queueUrl: string;
    readonly handle: (message: Message) => Promise<void>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const client = clients.polling ?? clients.sqs;
  let dueMs = clock.epochMs();
  for (;;) {
    if (clock.epochMs() < dueMs) await sleep(clock, dueMs - clock.epochMs(), { signal });
    dueMs += tickMs;
    signal.throwIfAborted();
    const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
    const { Messages = [] } = await unlessAborted(client.send(command, { abortSignal: signal }), signal);
    for (const message of Messages) {
      signal.throwIfAborted();
      try {
        await handle(message);
      } catch (error) {
        onError?.(error);
        continue;
      }
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }), {
        abortSignal: signal,
      });
    }
  }
}
