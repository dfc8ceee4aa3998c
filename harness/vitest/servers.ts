import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cellKey, rejectOrphans } from '#core';
import { accountOf } from '../../fixtures/nats-server-config.ts';
import { startNats } from '../../fixtures/nats-server.ts';
import { ownFolder } from '../../fixtures/own-folder.ts';
import { UnavailableError } from '../../fixtures/unavailable-error.ts';
import { loadBaseline } from '../baselines.ts';
import { loadScenarios, matching } from '../load.ts';
import type { LoadedScenario } from '../load.ts';
import { profileNames } from '../options.ts';
import type { ConformanceOptions } from '../options.ts';
import { startAws } from './aws-place.ts';
import { playedAhead, startNatsRuns } from './nats-runs.ts';
import type { NatsPlace, Provided } from './provided.ts';

export interface Servers extends AsyncDisposable {
  readonly provided: Provided;
  /** The scenario files that the patterns name; absent where there is no pattern, and all is wanted. */
  readonly files?: readonly string[];
}

/** The latency measurements have an account of their own. */
export const latencyAccount = 'latency';

const startLimitMs = 10 * 60_000;

/**
 * Starts the NATS server and whatever the target needs; what cannot be had becomes a reason in what is provided.
 *
 * @throws UsageError where what was asked for cannot be: a pattern that matches nothing, a URL that does not answer, a
 * baseline that cannot be read.
 */
export async function startServers({
  root,
  options,
  once = false,
  signal = AbortSignal.timeout(startLimitMs),
}: {
  readonly root: string;
  readonly options: ConformanceOptions;
  /** Scenarios do not change between their runs, as they may under `vitest --watch`: a thread may play them on NATS. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}): Promise<Servers> {
  const scenarios = await loadScenarios(join(root, 'suites'));
  const wanted = matching(scenarios, options.patterns);
  await using stack = new AsyncDisposableStack();
  const nats = await startNatsPlace({ stack, scenarios, options, signal });
  const aws = await startAws({ stack, options, signal });
  const baseline = options.baseline === 'compare' ? await loadBaseline(root, aws.name) : undefined;
  if (baseline !== undefined) rejectOrphans(baseline, cellKeys(scenarios));
  const staging = ownFolder();
  stack.defer(() => rm(staging, { recursive: true, force: true }));
  const versions = { parallax: await ownVersion(root), node: process.versions.node, ...versionsOf(nats, aws) };
  const playsOnNats = once && nats.kind === 'server';
  if (playsOnNats) {
    const ahead = options.shard === undefined ? playedAhead(wanted) : [];
    stack.use(startNatsRuns({ root, channel: staging, access: nats.access, versions, ahead }));
  }
  const provided: Provided = {
    root,
    staging,
    options,
    nats,
    aws,
    versions,
    ...(playsOnNats ? { natsRuns: staging } : {}),
    ...(baseline === undefined ? {} : { baseline }),
  };
  const started = stack.move();
  return {
    provided,
    ...(options.patterns.length === 0 ? {} : { files: wanted.map(({ file }) => file) }),
    [Symbol.asyncDispose]: async () => started.disposeAsync(),
  };
}

/** Every cell that the scenarios define, as baselines name them. */
function cellKeys(scenarios: readonly LoadedScenario[]): ReadonlySet<string> {
  return new Set(
    scenarios.flatMap(({ scenario }) =>
      scenario.rows.flatMap(({ id: row }) => profileNames.map((profile) => cellKey({ row, profile }))),
    ),
  );
}

async function startNatsPlace({
  stack,
  scenarios,
  options,
  signal,
}: {
  readonly stack: AsyncDisposableStack;
  readonly scenarios: readonly LoadedScenario[];
  readonly options: ConformanceOptions;
  readonly signal: AbortSignal;
}): Promise<NatsPlace> {
  try {
    const server = stack.use(
      await startNats({
        accounts: [...scenarios.map(({ id }) => accountOf(id)), latencyAccount],
        ...(options.nats === undefined ? {} : { use: options.nats }),
        env: process.env,
        signal,
        tell: (line) => process.stderr.write(`${line}\n`),
      }),
    );
    return { kind: 'server', access: server.access };
  } catch (error) {
    if (error instanceof UnavailableError) return { kind: 'none', reason: error.message };
    throw error;
  }
}

function versionsOf(nats: NatsPlace, aws: Provided['aws']): Readonly<Record<string, string>> {
  return {
    ...(nats.kind === 'server' ? { nats: nats.access.version } : {}),
    ...(aws.kind === 'url' ? { [aws.name]: aws.version } : {}),
  };
}

async function ownVersion(root: string): Promise<string> {
  const { version }: { readonly version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return version;
}
