import { ChanceError, UsageError } from '#core';
import type { Command } from './cli/command.ts';

/** Loaded when asked for, so that `--help` answers at once. */
const commands: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<Command> }>> = {
  conformance: {
    about: 'run the scenarios on NATS and on AWS, and report where the two differ',
    load: async () => (await import('./cli/conformance.ts')).conformance,
  },
  check: {
    about: 're-judge stored histories, without any server',
    load: async () => (await import('./cli/check.ts')).check,
  },
  map: {
    about: 'encode subjects, derive rules, verify, plan and compare mappings',
    load: async () => (await import('./cli/map.ts')).map,
  },
  explore: {
    about: 'look for schedules that break a scenario, and write what breaks as capsules',
    load: async () => (await import('./cli/explore.ts')).explore,
  },
  repro: {
    about: 'replay a capsule',
    load: async () => (await import('./cli/repro.ts')).repro,
  },
  doctor: {
    about: 'say what this machine has of what a run needs, and what to do about the rest',
    load: async () => (await import('./cli/doctor.ts')).doctorCommand,
  },
  bench: {
    about: 'list the benches of the clone, or run them',
    load: async () => (await import('./cli/bench.ts')).bench,
  },
  emulator: {
    about: 'serve the AWS emulator over HTTP',
    load: async () => (await import('./cli/emulator.ts')).emulator,
  },
};

/** Runs one command and resolves to its exit code: 0 as promised, 1 gap, 2 unknown or not run, 64 usage. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? 64 : 0;
  }
  const entry = commands[name];
  try {
    if (entry === undefined) {
      throw new UsageError(`command '${name}' is unknown: expected one of ${Object.keys(commands).join(', ')}`);
    }
    checkNode(name, process.versions.node);
    const command = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      process.stdout.write(typeof command.help === 'string' ? command.help : command.help(rest));
      return 0;
    }
    return await command.run(rest);
  } catch (error) {
    if (!isUsage(error) && !(error instanceof ChanceError)) throw error;
    process.stderr.write(`parallax: ${error.message}\n`);
    return error instanceof ChanceError ? 2 : 64;
  }
}

/** These end with `await using`, which Node 22 cannot read; the others run there. */
const onNode24: ReadonlySet<string> = new Set(['conformance', 'map', 'repro']);

/** @throws UsageError where this Node is too old for the command, which it would tell by a syntax error. */
export function checkNode(command: string, version: string): void {
  if (!onNode24.has(command) || Number(version.split('.')[0]) >= 24) return;
  throw new UsageError(
    `'${command}' needs Node 24 or later, and this is '${version}': in a clone 'npx parallax' brings its own`,
  );
}

/** `parseArgs` has errors of its own for options that it does not know. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return `parallax: the same scenarios on NATS and on AWS, and where the two differ\n\nusage: parallax COMMAND [--help] […]\n\n${lines.join('\n')}\n\nexample: parallax conformance kv --profile exact\n`;
}
