import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { isQueueGone } from '../aws-error.ts';
import type { ConnectOptions } from '../connection.ts';
import { designMapping, noQueueMapping, workOf } from './mapping.ts';

/**
 * The document's `publish`: one call per message, chosen by the first token. Headers, reply subject and the failures
 * that PutEvents reports in its answer are lost, as there.
 */
export function createPublish(
  options: ConnectOptions,
): (subject: string, payload: Uint8Array, signal: AbortSignal) => Promise<void> {
  const { clients, clock, prefix } = options;
  const queueUrls = new Map<string, string>();

  async function queueUrl(queueKey: string, abortSignal: AbortSignal): Promise<string> {
    const known = queueUrls.get(queueKey);
    if (known !== undefined) return known;
    try {
      const command = new GetQueueUrlCommand({ QueueName: workQueueName(prefix, queueKey) });
      const { QueueUrl = '' } = await clients.sqs.send(command, { abortSignal });
      queueUrls.set(queueKey, QueueUrl);
      return QueueUrl;
    } catch (error) {
      if (isQueueGone(error)) throw noQueueMapping(queueKey, { cause: error });
      throw error;
    }
  }

  return async (subject, payload, abortSignal) => {
    const [root] = subject.split('.');
    if (root === 'work') {
      const { queueKey, taskType } = workOf(subject);
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: await queueUrl(queueKey, abortSignal),
          MessageBody: lossyText(payload),
          MessageAttributes: { TaskType: { DataType: 'String', StringValue: taskType } },
        }),
        { abortSignal },
      );
      return;
    }
    const { source, detailType, detail } = designMapping.encode(subject);
    const Detail =
      root === 'broadcast'
        ? jsonOf(payload)
        : JSON.stringify({
            ...detail,
            payload: Buffer.from(payload).toString('base64'),
            timestamp: new Date(clock.epochMs()).toISOString(),
          });
    await clients.eventbridge.send(
      new PutEventsCommand({ Entries: [{ Source: source, DetailType: detailType, Detail }] }),
      { abortSignal },
    );
  };
}

/** The queue that a deployment makes for a domain and priority. */
export function workQueueName(prefix: string, queueKey: string): string {
  return `${prefix}work-${queueKey}`;
}

/** As `String::from_utf8_lossy`: what is no UTF-8 becomes U+FFFD. */
export function lossyText(payload: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
}

/** As `json!(config_data).to_string()`: JSON stays what it is, any other text becomes a JSON string. */
function jsonOf(payload: Uint8Array): string {
  const text = lossyText(payload);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return JSON.stringify(text);
  }
}
