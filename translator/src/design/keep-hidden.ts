import { ChangeMessageVisibilityBatchCommand } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import type { DesignOptions } from './options.ts';

/** Of a queue for which nothing else is said. */
const defaultSeconds = 30;

/** Extends the visibility timeout of the messages again and again until it is called off. */
export function keepHidden(
  { clients, clock, onError, visibilityTimeoutSeconds = defaultSeconds }: DesignOptions,
  {
    queueUrl,
    messages,
    signal,
  }: { readonly queueUrl: string; readonly messages: readonly Message[]; readonly signal: AbortSignal },
): () => void {
  const command = new ChangeMessageVisibilityBatchCommand({
    QueueUrl: queueUrl,
    Entries: messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: visibilityTimeoutSeconds,
    })),
  });
  let cancel = arm();

  function arm(): () => void {
    return clock.at(clock.epochMs() + visibilityTimeoutSeconds * 500, () => {
      if (signal.aborted) return;
      clients.sqs.send(command, { abortSignal: signal }).catch((error: unknown) => onError?.(error));
      cancel = arm();
    });
  }

  return () => cancel();
}
