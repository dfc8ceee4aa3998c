import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from '#core';
import type { Command } from './command.ts';

interface Bench {
  /** From the folder `bench`. */
  readonly file: string;
  readonly about: string;
}

/** As `npm run bench:NAME` has them. */
export const benches: Readonly<Record<string, Bench>> = {
  explore: { file: 'explore.ts', about: 'schedules a minute by scenario, beside the floors, and where the time goes' },
  'explore-memory': { file: 'explore-memory.ts', about: 'heap and resident memory of a process over many schedules' },
  memory: { file: 'memory.ts', about: 'resident memory of the emulator and its peers' },
  recorder: { file: 'recorder.ts', about: 'what the recorder costs on a real nats-server, beside the bare client' },
  checkers: { file: 'checkers.ts', about: 'CPU time of judging a million events for delivery and order' },
  porcupine: {
    file: 'porcupine/compare.ts',
    about: 'linearizability on the same histories, beside Porcupine (needs Go)',
  },
  calls: { file: 'calls.ts', about: 'AWS calls of one run of each scenario, by operation' },
  patterns: {
    file: 'patterns/matching.ts',
    about: 'events matched a second by how many rules there are, beside event-ruler (needs a JDK and Maven)',
  },
  'patterns-agree': {
    file: 'patterns/compare-with-ruler.ts',
    about: 'whether event-ruler finds the same of a million generated pairs (needs a JDK and Maven)',
  },
  http: { file: 'http/index.ts', about: 'calls a second over HTTP, beside a canned server and the peers' },
  growth: { file: 'growth.ts', about: 'server CPU a call by how many messages, queues, rules or items there are' },
  'start-up': { file: 'start-up.ts', about: 'from the start of the process to the first answered call' },
  page: { file: 'write-page.ts', about: 'measures nothing: writes docs/bench.md from what was kept' },
};

const folder = new URL('../../bench/', import.meta.url);

export const bench: Command = {
  help: `usage: parallax bench [NAME… [-- ARGUMENT…]]

Lists the benches without a name; else runs those named, one after another, each with the arguments after '--'.
Only in a clone: the package has no benches.

exit: 0 all ran, that of the first bench that failed, 64 usage
example: parallax bench start-up -- --source --peers none
`,
  run: (argv) => runBenches(argv, folder),
};

/** @throws UsageError where `from` is not there or a name is unknown, before anything runs. */
export async function runBenches(argv: readonly string[], from: URL): Promise<number> {
  if (!existsSync(from))
    throw new UsageError("no benches here: 'bench' is in a clone of the repository, not in the package");
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const named = argv.slice(0, end).map(benchOf);
  if (named.length === 0) {
    if (end < argv.length)
      throw new UsageError("arguments after '--' and no bench that takes them: expected a name before");
    process.stdout.write(list());
    return 0;
  }
  for (const { file } of named) {
    const code = await run(fileURLToPath(new URL(file, from)), argv.slice(end + 1));
    if (code !== 0) return code;
  }
  return 0;
}

function benchOf(name: string): Bench {
  const found = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (found === undefined) {
    throw new UsageError(`bench '${name}' is unknown: expected one of ${Object.keys(benches).join(', ')}`);
  }
  return found;
}

function list(): string {
  const width = Math.max(...Object.keys(benches).map((name) => name.length));
  return Object.entries(benches)
    .map(([name, { about }]) => `${name.padEnd(width)}  ${about}\n`)
    .join('');
}

async function run(path: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}
