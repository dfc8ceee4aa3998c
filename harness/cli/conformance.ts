import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import type { Vitest } from 'vitest/node';
import { readCoverage } from '../explore/coverage-file.ts';
import { parseConformanceOptions } from '../options.ts';
import type { ConformanceOptions } from '../options.ts';
import { holdServers } from '../vitest/held.ts';
import { startServers } from '../vitest/servers.ts';
import type { Command } from './command.ts';
import { interruptible } from './interruptible.ts';

export const conformance: Command = {
  help: `usage: parallax conformance [PATTERN…] [options]

Runs the scenarios on a real NATS server and on AWS, and writes what differs to report/.
PATTERN is a part of a scenario's path (kv/create) or a row's id (QG-001); all scenarios where none is given.

  --target embedded|localstack|URL   where AWS stands (embedded)
  --profile design|mended|exact|all  how NATS is rebuilt on AWS (all)
  --nats URL|container               which NATS server (found, or fetched and verified)
  --seed N                           seed of the adverse schedules (1)
  --schedules N                      adverse schedules a cell (20; 1 in real time)
  --out DIR                          where the report goes (report)
  --shard I/N                        one part of N of the scenarios
  --tags EXPR                        by level, feature or scale, as vitest filters: 'MUST and !scale'
  --explored DIR                     lay what 'parallax explore --out DIR' came to beside the cells
  --no-baseline                      judge alone: exit 1 on any gap
  --update-baseline                  write what was found as what is expected
  --no-latency                       leave the latency measurements out, as where a PATTERN is given
  --no-docker-socket                 do not hand LocalStack the Docker socket (then it has no Lambda)
  --json                             print report.json to standard output at the end

exit: 0 as the baseline expects, 1 a gap or a regression, 2 unknown or not run, 64 usage
example: parallax conformance kv/create-once --profile exact --schedules 100
`,
  run: (argv) =>
    interruptible(async (signal) => {
      const options = parseConformanceOptions(argv);
      if (options.explored !== undefined) await readCoverage(options.explored);
      try {
        await using servers = await startServers({ root, options, once: true, signal });
        using _held = disposable(holdServers(servers));
        await runVitest(options, servers.files, signal);
        return signal.aborted ? interrupted : exitCode();
      } catch (error) {
        if (signal.aborted) return interrupted;
        throw error;
      }
    }),
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As shells give it for a command that SIGINT ended. */
const interrupted = 130;

/** Cells that wait for a server run eight at a time, cells that compute one a core: measured with vitest 5.1. */
const workersWaiting = 8;

/** vitest does the running; its reporter of ours sets the exit code. */
async function runVitest(
  options: ConformanceOptions,
  files: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<void> {
  const waits = options.target !== 'embedded';
  const vitest = await withoutItsSignals(() =>
    createVitest({
      root,
      run: true,
      watch: false,
      project: options.latency ? ['conformance', 'latency'] : ['conformance'],
      passWithNoTests: true,
      reporters: options.json ? ['./harness/vitest/reporter.ts'] : ['default', './harness/vitest/reporter.ts'],
      ...(waits ? { maxWorkers: workersWaiting } : {}),
      ...(options.tags === undefined ? {} : { tagsFilter: [options.tags] }),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
    }),
  );
  const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    await vitest.start(files === undefined ? undefined : [...files]);
  } finally {
    await vitest.close();
  }
}

/** vitest ends the process a millisecond after a signal, before anything could be cleaned up: its listeners go again. */
async function withoutItsSignals(create: () => Promise<Vitest>): Promise<Vitest> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Map(signals.map((name) => [name, new Set(process.listeners(name))]));
  const vitest = await create();
  for (const name of signals) {
    for (const listener of process.listeners(name)) {
      if (before.get(name)?.has(listener) !== true) process.off(name, listener);
    }
  }
  return vitest;
}

function exitCode(): number {
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
}

function disposable(release: () => void): Disposable {
  return { [Symbol.dispose]: release };
}
