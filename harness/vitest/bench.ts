import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatHistory } from '#core';
import type { History } from '#core';
import { lackedBy } from '../backends/aws/needs.ts';
import { awsProfiles } from '../backends/aws/profile.ts';
import { natsProfile } from '../backends/nats/profile.ts';
import type { Bench } from '../campaigns.ts';
import type { LoadedScenario } from '../load.ts';
import type { Place } from '../plan.ts';
import { embeddedTarget } from '../targets/embedded.ts';
import { natsTarget } from '../targets/nats.ts';
import { urlTarget } from '../targets/url.ts';
import { askNatsRun } from './nats-runs.ts';
import type { Provided } from './provided.ts';

const schedulesVirtual = 20;
const schedulesReal = 1;

/** The two places of this run, as the plan sees them. */
export function placesOf({ nats, aws, options }: Provided): { readonly nats: Place; readonly aws: Place } {
  return {
    nats: {
      name: 'nats',
      time: 'real',
      profiles: ['nats'],
      ...(nats.kind === 'none' ? { missing: nats.reason } : {}),
    },
    aws: {
      name: aws.name,
      time: aws.kind === 'embedded' ? 'virtual' : 'real',
      profiles: options.profiles,
      ...(aws.kind === 'none' ? { missing: aws.reason } : {}),
      ...(aws.kind === 'url' ? { lacks: (row, profile) => lackedBy(row, profile, aws.lacks) } : {}),
    },
  };
}

/** What the cells of one scenario are played with. */
export function benchOf(provided: Provided, loaded: LoadedScenario): Bench {
  const { nats, aws, options, versions, natsRuns } = provided;
  const kept = new Map<string, Promise<string>>();
  return {
    loaded,
    nats: nats.kind === 'server' ? natsTarget(nats.access) : embeddedTarget,
    aws: aws.kind === 'url' ? urlTarget(aws) : embeddedTarget,
    profiles: { ...awsProfiles, nats: natsProfile },
    seed: options.seed,
    schedules: options.schedules ?? (aws.kind === 'embedded' ? schedulesVirtual : schedulesReal),
    versions,
    ...(natsRuns === undefined ? {} : { runOnNats: (signal) => askNatsRun(natsRuns, loaded.id, signal) }),
    // One run may decide many rows.
    keep(name, { history }) {
      const path = kept.get(name) ?? write(provided, join('histories', `${name}.jsonl`), history);
      kept.set(name, path);
      return path;
    },
  };
}

async function write({ staging }: Provided, path: string, history: History): Promise<string> {
  const file = join(staging, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, formatHistory(history));
  return path;
}
