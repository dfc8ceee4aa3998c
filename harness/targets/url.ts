import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsClients } from 'parallax-translator';
import { hashText, realClock, seededRandom } from '#core';
import type { RunId, Target } from '#core';
import { createAdversary } from '../backends/aws/adversary.ts';
import type { Adversary } from '../backends/aws/adversary.ts';
import { createAwsBackend } from '../backends/aws/index.ts';
import { profileNames } from '../options.ts';

/** Nothing may come for so long before a run counts as settled: longer than the longest wait of 2 s for a redelivery. */
const quietMs = 3_000;
const socketsMax = 200;

/**
 * Whatever answers at a URL: LocalStack, our own emulator over HTTP, or another. Real time; each run in an account of
 * its own, as emulators read it from the access key. An adverse run's choices are made around the SDK's request handler.
 */
export function urlTarget({ name, url }: { readonly name: string; readonly url: string }): Target {
  return {
    name,
    time: 'real',
    profiles: profileNames,
    ...(name === 'localstack' ? { friendly: 'small' as const } : {}),
    async start({ run, replay }) {
      const profile = profileNames.find((known) => known === run.profile);
      if (profile === undefined) throw new Error(`'${run.profile}' is no profile of AWS`);
      const seed = hashText(`${run.scenario} ${run.profile} ${run.seed}`);
      const adversary = createAdversary({
        clock: realClock,
        seed: run.seed,
        ...(replay === undefined ? {} : { replay }),
      });
      const requests = new Map<string, number>();
      const clients = clientsAt({ url, run, wrap: adversary.wrap, requests });
      const backend = createAwsBackend({
        profile,
        clients,
        clock: realClock,
        random: seededRandom(seed),
        prefix: `p${seed.toString(36)}`,
        settle: { quietMs },
      });
      return {
        backend,
        clock: realClock,
        drive: (act) => act,
        choices: adversary.choices,
        requests: () => Object.fromEntries(requests),
        async [Symbol.asyncDispose]() {
          await adversary.idle();
          await backend[Symbol.asyncDispose]();
          for (const client of Object.values(clients)) client.destroy();
        },
      };
    },
  };
}

function clientsAt({
  url,
  run,
  wrap,
  requests,
}: {
  readonly url: string;
  readonly run: RunId;
  readonly wrap: Adversary['wrap'];
  readonly requests: Map<string, number>;
}) {
  const config = () => ({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: accountOf(run), secretAccessKey: 'none' },
    requestHandler: wrap(new NodeHttpHandler({ httpAgent: { maxSockets: socketsMax } })),
  });
  const count = countInto(requests);
  const sqs = new SQSClient(config());
  // `exact` repeats its polls itself: the SDK waits longer after a throttled one than a request has time.
  const polling = new SQSClient({ ...config(), maxAttempts: run.profile === 'exact' ? 1 : 3 });
  const sns = new SNSClient(config());
  const eventbridge = new EventBridgeClient(config());
  const dynamodb = new DynamoDBClient(config());
  const lambda = new LambdaClient(config());
  sqs.middlewareStack.add(count('sqs'), { step: 'initialize' });
  polling.middlewareStack.add(count('sqs'), { step: 'initialize' });
  sns.middlewareStack.add(count('sns'), { step: 'initialize' });
  eventbridge.middlewareStack.add(count('events'), { step: 'initialize' });
  dynamodb.middlewareStack.add(count('dynamodb'), { step: 'initialize' });
  lambda.middlewareStack.add(count('lambda'), { step: 'initialize' });
  return { sqs, polling, sns, eventbridge, dynamodb, lambda } satisfies AwsClients;
}

/** Counts calls as the emulator's worlds do: `sqs.SendMessage`. */
function countInto(requests: Map<string, number>) {
  return (service: string) =>
    <A, R>(next: (args: A) => Promise<R>, { commandName }: { readonly commandName?: string }) =>
    (args: A): Promise<R> => {
      const name = `${service}.${commandName?.replace(/Command$/, '') ?? 'unknown'}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      return next(args);
    };
}

/** 12 digits, as LocalStack and our emulator read an account from the access key. */
function accountOf(run: RunId): string {
  return String(hashText(`${run.scenario} ${run.profile} ${run.seed}`)).padStart(12, '1');
}
