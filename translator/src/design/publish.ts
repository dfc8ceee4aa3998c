import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { isQueueGone } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import { PublishError } from '../errors.ts';
import { isRouted } from '../subject.ts';
import { createFanOut, isFannedOut } from './fan-out.ts';
import { mappingOf, noQueueMapping, workOf } from './mapping.ts';
import type { DesignOptions } from './options.ts';
import { eventDetail, workMessage } from './wire.ts';
import type { Outgoing } from './wire.ts';

const attemptsMax = 8;
const firstDelayMs = 50;

/**
 * The document's `publish`: one call per message, chosen by the first token. Headers, reply subject and the failures
 * that PutEvents reports in its answer are lost, as there.
 */
export function createPublish(options: DesignOptions): (message: Outgoing, signal: AbortSignal) => Promise<void> {
  const queueUrls = new Map<string, string>();

  async function queueUrl(queueKey: string, abortSignal: AbortSignal): Promise<string> {
    const known = queueUrls.get(queueKey) ?? (await findQueue(options, queueKey, abortSignal));
    queueUrls.set(queueKey, known);
    return known;
  }

  const fanOut = createFanOut(options);
  return async (message, signal) => {
    const { subject } = message;
    if (options.fixes.has('subject-checks') && !isRouted(subject)) return;
    const [root] = subject.split('.');
    if (isFannedOut(options, root)) {
      await fanOut(message, signal);
      return;
    }
    if (options.mapping !== undefined || root !== 'work') {
      await putEvent(options, message, signal);
      return;
    }
    const { body, attributes } = workMessage(message, options.fixes);
    const QueueUrl = await queueUrl(workOf(subject).queueKey, signal);
    await options.clients.sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes: attributes }),
      { abortSignal: signal },
    );
  };
}

/** Looks at the failures in the answer only where that is mended. */
async function putEvent(options: DesignOptions, message: Outgoing, signal: AbortSignal): Promise<void> {
  const { clients, clock, random, fixes, mapping } = options;
  const { source, detailType } = mappingOf(fixes, mapping).encode(message.subject);
  const Detail = eventDetail(message, options);
  const command = new PutEventsCommand({ Entries: [{ Source: source, DetailType: detailType, Detail }] });
  for (let attempt = 1; ; attempt += 1) {
    const { FailedEntryCount = 0, Entries } = await clients.eventbridge.send(command, { abortSignal: signal });
    if (FailedEntryCount === 0 || !fixes.has('failed-entries')) return;
    const code = Entries?.[0]?.ErrorCode ?? 'unknown';
    if (attempt === attemptsMax || !passingCodes.has(code)) throw new PublishError(`the event was refused: '${code}'`);
    await sleep(clock, random() * firstDelayMs * 2 ** attempt, { signal });
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
const passingCodes: ReadonlySet<string> = new Set(['InternalFailure', 'InternalException', 'ThrottlingException']);

async function findQueue(
  { clients, prefix }: DesignOptions,
  queueKey: string,
  abortSignal: AbortSignal,
): Promise<string> {
  try {
    const command = new GetQueueUrlCommand({ QueueName: workQueueName(prefix, queueKey) });
    const { QueueUrl = '' } = await clients.sqs.send(command, { abortSignal });
    return QueueUrl;
  } catch (error) {
    if (isQueueGone(error)) throw noQueueMapping(queueKey, { cause: error });
    throw error;
  }
}

/** The queue that a deployment makes for a domain and priority. */
export function workQueueName(prefix: string, queueKey: string): string {
  return `${prefix}work-${queueKey}`;
}
