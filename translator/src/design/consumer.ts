import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { unlessAborted } from '../abort.ts';
import { sleep } from '../clock.ts';
import { keepHidden } from './keep-hidden.ts';
import type { DesignOptions } from './options.ts';

const tickMs = 100;

/** After an error that the mended consumer survives. */
const pauseMs = 1_000;
const deletesMax = 5;

export interface Consumption {
  readonly queueUrl: string;
  readonly handle: (message: Message) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * The document's polling consumer. Its interval ticks in bursts to catch up, as Tokio's does; attributes are not asked
 * for; an error of a receive or of a delete ends it; messages of a batch are handled one after another under one
 * visibility timeout.
 */
export async function consume(options: DesignOptions, consumption: Consumption): Promise<void> {
  const { clock, fixes, onError } = options;
  const { handle, signal } = consumption;
  let dueMs = clock.epochMs();
  for (;;) {
    if (clock.epochMs() < dueMs) await sleep(clock, dueMs - clock.epochMs(), { signal });
    dueMs += tickMs;
    const messages = await receive(options, consumption);
    for (const [index, message] of messages.entries()) {
      signal.throwIfAborted();
      const release = fixes.has('visibility')
        ? keepHidden(options, { ...consumption, messages: messages.slice(index) })
        : undefined;
      try {
        await handle(message);
      } catch (error) {
        onError?.(error);
        continue;
      } finally {
        release?.();
      }
      await remove(options, consumption, message);
    }
  }
}

/** Fixes that need the attributes of work messages. */
const attributeFixes = ['subject', 'headers', 'message-id'] as const;

async function receive(options: DesignOptions, { queueUrl, signal }: Consumption): Promise<readonly Message[]> {
  const { clients, clock, fixes, onError } = options;
  const client = clients.polling ?? clients.sqs;
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 20,
    ...(attributeFixes.some((fix) => fixes.has(fix)) && { MessageAttributeNames: ['All'] }),
  });
  for (;;) {
    signal.throwIfAborted();
    try {
      const { Messages = [] } = await unlessAborted(client.send(command, { abortSignal: signal }), signal);
      return Messages;
    } catch (error) {
      if (signal.aborted || !fixes.has('consumer-errors')) throw error;
      onError?.(error);
      await sleep(clock, pauseMs, { signal });
    }
  }
}

/** A message that could not be deleted comes again. */
async function remove(
  { clients, clock, fixes, onError }: DesignOptions,
  { queueUrl, signal }: Consumption,
  { ReceiptHandle }: Message,
): Promise<void> {
  const command = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await clients.sqs.send(command, { abortSignal: signal });
      return;
    } catch (error) {
      if (signal.aborted || !fixes.has('consumer-errors')) throw error;
      onError?.(error);
      if (attempt === deletesMax) return;
      await sleep(clock, pauseMs, { signal });
    }
  }
}
