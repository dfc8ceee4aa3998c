import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOf } from '../../fixtures/nats-server-config.ts';
import { startNats } from '../../fixtures/nats-server.ts';
import { UnavailableError } from '../../fixtures/unavailable-error.ts';
import { loadBaseline } from '../baselines.ts';
import { scenarioFiles, scenarioId } from '../load.ts';
import { defaultOptions } from '../options.ts';
import type { ConformanceOptions } from '../options.ts';
import { startAws } from './aws-place.ts';
import type { NatsPlace, Provided } from './provided.ts';

export interface Servers extends AsyncDisposable {
  readonly provided: Provided;
}

const startLimitMs = 10 * 60_000;

/** Starts the NATS server and whatever the target needs; what cannot be had becomes a reason in what is provided. */
export async function startServers({ root }: { readonly root: string }): Promise<Servers> {
  const options = optionsOfThisRun(process.env);
  const signal = AbortSignal.timeout(startLimitMs);
  await using stack = new AsyncDisposableStack();
  const nats = await startNatsPlace({ stack, root, options, signal });
  const aws = await startAws({ stack, options, signal });
  const baseline = options.baseline === 'compare' ? await loadBaseline(root, aws.name) : undefined;
  const staging = await mkdtemp(join(tmpdir(), 'parallax-run-'));
  stack.defer(() => rm(staging, { recursive: true, force: true }));
  const provided: Provided = {
    root,
    staging,
    options,
    nats,
    aws,
    versions: { parallax: await ownVersion(root), node: process.versions.node, ...versionsOf(nats, aws) },
    ...(baseline === undefined ? {} : { baseline }),
  };
  const started = stack.move();
  return { provided, [Symbol.asyncDispose]: async () => started.disposeAsync() };
}

/** What `parallax conformance` was asked; plain `npx vitest --project conformance` runs the defaults. */
export function optionsOfThisRun(env: NodeJS.ProcessEnv): ConformanceOptions {
  const asked = env['PARALLAX_OPTIONS'];
  return asked === undefined ? defaultOptions : { ...defaultOptions, ...JSON.parse(asked) };
}

async function startNatsPlace({
  stack,
  root,
  options,
  signal,
}: {
  readonly stack: AsyncDisposableStack;
  readonly root: string;
  readonly options: ConformanceOptions;
  readonly signal: AbortSignal;
}): Promise<NatsPlace> {
  const suites = join(root, 'suites');
  const ids = (await scenarioFiles(suites)).map((file) => scenarioId(suites, file));
  try {
    const server = stack.use(
      await startNats({
        accounts: ids.map(accountOf),
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
