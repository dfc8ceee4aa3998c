import { readFileSync } from 'node:fs';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { deployHandler } from 'parallax-translator';
import type { AwsClients } from 'parallax-translator';
import { brand, sleep } from '#core';
import type { Base64, Clock, Notice, ReceiverId, Responder, Subject, SubjectPattern } from '#core';

/** Responders as functions, and the queue that counts their executions. */
export interface Deployments {
  readonly deploy: (responder: {
    readonly id: ReceiverId;
    readonly pattern: SubjectPattern;
    readonly behaviour: Responder;
    readonly sink: (notice: Notice) => void;
  }) => Promise<void>;
  /** Removes the functions and stops to read the ledger. */
  readonly close: () => Promise<void>;
}

/** Any role will do where no policy is looked at. */
const roleArn = 'arn:aws:iam::000000000000:role/parallax';

/** Longer than any deadline a scenario sets, so that a silent function is not told by Lambda's own timeout. */
const timeoutSeconds = 60;

const pauseMs = 500;
const code = readFileSync(new URL('./deployed-responder.cjs', import.meta.url), 'utf8');

interface Entry {
  readonly subject: Subject;
  readonly sink: (notice: Notice) => void;
}

export function createDeployments(options: {
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly random: () => number;
  readonly prefix: string;
  readonly onError: (error: unknown) => void;
}): Deployments {
  const { clients, prefix } = options;
  const ended = new AbortController();
  const { signal } = ended;
  const entries = new Map<string, Entry>();
  const deployed = new Set<SubjectPattern>();
  const removals: (() => Promise<void>)[] = [];
  let ledger: Promise<string> | undefined;

  async function openLedger(): Promise<string> {
    const { QueueUrl = '' } = await clients.sqs.send(
      new CreateQueueCommand({ QueueName: `${prefix}ledger.fifo`, Attributes: { FifoQueue: 'true' } }),
      { abortSignal: signal },
    );
    readLedger(options, { url: QueueUrl, entries, signal }).catch(options.onError);
    return QueueUrl;
  }

  return {
    deploy: async ({ id, pattern, behaviour, sink }) => {
      ledger ??= openLedger();
      const ledgerUrl = await ledger;
      // A function has as many environments as it needs: who deploys it again adds nothing.
      if (deployed.has(pattern)) return;
      deployed.add(pattern);
      entries.set(id, { subject: brand<Subject>(pattern), sink });
      const files = {
        'index.js': code,
        'deployed.json': JSON.stringify({ behaviour, ledgerUrl, responder: id }),
      };
      removals.push(await deployHandler(options, { subject: pattern, files, roleArn, timeoutSeconds }, { signal }));
    },
    close: async () => {
      ended.abort();
      for (const remove of removals.splice(0)) await remove().catch(options.onError);
    },
  };
}

/** Tells of each execution that the functions entered. */
async function readLedger(
  { clients, clock, onError }: Parameters<typeof createDeployments>[0],
  {
    url,
    entries,
    signal,
  }: {
    readonly url: string;
    readonly entries: ReadonlyMap<string, Entry>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const polling = clients.polling ?? clients.sqs;
  const seen = new Set<string>();
  const command = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
  while (!signal.aborted) {
    try {
      const { Messages = [] } = await polling.send(command, { abortSignal: signal });
      for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
        if (!seen.has(MessageId)) tell(entries, Body);
        seen.add(MessageId);
        await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }), { abortSignal: signal });
      }
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
      await sleep(clock, pauseMs, { signal });
    }
  }
}

function tell(entries: ReadonlyMap<string, Entry>, body: string): void {
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('responder' in parsed) || !('request' in parsed)) return;
  const { responder, request } = parsed;
  if (typeof responder !== 'string' || typeof request !== 'string') return;
  const entry = entries.get(responder);
  entry?.sink({
    kind: 'execute',
    responder: brand<ReceiverId>(responder),
    message: { subject: entry.subject, body: brand<Base64>(request) },
  });
}
