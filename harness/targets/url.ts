import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Fixes } from 'parallax-translator';
import { hashText, realClock, seededRandom } from '#core';
import type { RunId, Target } from '#core';
import { createAdversary } from '../backends/aws/adversary.ts';
import type { Adversary } from '../backends/aws/adversary.ts';
import { createAwsBackend } from '../backends/aws/index.ts';
import { profileNames } from '../options.ts';
import { sdkClients } from './sdk-clients.ts';
import type { AroundCall } from './sdk-clients.ts';

/** Nothing may come for so long before a run counts as settled: longer than the longest wait of 2 s for a redelivery. */
const quietMs = 3_000;
/** LocalStack was seen to take seconds to hand out again what had become visible. */
const slowQuietMs = 5_000;
/** Each subscription holds a connection or two while it polls; a row about scale has 301 in one session. */
const socketsMax = 1_000;

/**
 * Whatever answers at a URL: LocalStack, our own emulator over HTTP, or another. Real time; each run in an account of
 * its own, as emulators read it from the access key. An adverse run's choices are made around the SDK's request handler.
 * `fixes` are those that `mended` makes, all where absent.
 */
export function urlTarget({
  name,
  url,
  fixes,
}: {
  readonly name: string;
  readonly url: string;
  readonly fixes?: Fixes;
}): Target {
  const isSlow = name === 'localstack';
  return {
    name,
    time: 'real',
    profiles: profileNames,
    ...(isSlow ? { slow: true as const } : {}),
    async start({ run, replay }) {
      const profile = profileNames.find((known) => known === run.profile);
      if (profile === undefined) throw new Error(`'${run.profile}' is no profile of AWS`);
      // A replay's names are those of the capsule; the account alone tells it from others.
      const isReplay = replay !== undefined;
      const seed = hashText(`${run.scenario} ${run.profile}${isReplay ? '' : ` ${run.seed}`}`);
      const adversary = createAdversary({
        clock: realClock,
        seed: run.seed,
        ...(isReplay ? { replay } : {}),
      });
      const requests = new Map<string, number>();
      const clients = clientsAt({ url, run, wrap: adversary.wrap, requests });
      const backend = createAwsBackend({
        profile,
        ...(fixes === undefined ? {} : { fixes }),
        clients,
        clock: realClock,
        random: seededRandom(seed),
        prefix: isReplay ? 'run' : `p${seed.toString(36)}`,
        settle: { quietMs: isSlow ? slowQuietMs : quietMs },
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
  return sdkClients({
    config: () => ({
      region: 'us-east-1',
      endpoint: url,
      credentials: { accessKeyId: accountOf(run), secretAccessKey: 'none' },
      requestHandler: wrap(new NodeHttpHandler({ httpAgent: { maxSockets: socketsMax } })),
    }),
    around: countInto(requests),
    pollsOnce: run.profile === 'exact',
  });
}

/** Counts calls as the emulator's worlds do: `sqs.SendMessage`. */
function countInto(requests: Map<string, number>): (service: string) => AroundCall {
  return (service) =>
    (next, { commandName }) =>
    (args) => {
      const name = `${service}.${commandName?.replace(/Command$/, '') ?? 'unknown'}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      return next(args);
    };
}

/** 12 digits, as LocalStack and our emulator read an account from the access key. */
function accountOf(run: RunId): string {
  return String(hashText(`${run.scenario} ${run.profile} ${run.seed}`)).padStart(12, '1');
}
