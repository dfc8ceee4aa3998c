import { startVitest } from 'vitest/node';
import { parseConformanceOptions } from '../options.ts';
import type { ConformanceOptions } from '../options.ts';
import type { Command } from './command.ts';

export const conformance: Command = {
  help: `usage: parallax conformance [PATTERN…] [options]

Runs the scenarios on a real NATS server and on AWS, and writes what differs to report/.
PATTERN is a part of a scenario's path (kv/create) or a row's id (QG-001); all scenarios where none is given.

  --target embedded|localstack|URL   where AWS stands (embedded)
  --profile design|mended|exact|all  how NATS is rebuilt on AWS (all)
  --nats URL|container               which NATS server (found, or fetched and verified)
  --seed N                           seed of the adverse schedules (1)
  --schedules N                      adverse schedules a cell (20; 3 in real time)
  --out DIR                          where the report goes (report)
  --shard I/N                        one part of N of the scenarios
  --no-baseline                      judge alone: exit 1 on any gap
  --update-baseline                  write what was found as what is expected
  --no-latency                       leave the latency measurements out
  --no-docker-socket                 do not hand LocalStack the Docker socket (then it has no Lambda)
  --json                             print report.json to standard output at the end

exit: 0 as the baseline expects, 1 a gap or a regression, 2 unknown or not run, 64 usage
example: parallax conformance kv/create-once --profile exact --schedules 100
`,
  async run(argv) {
    const json = argv.includes('--json');
    const options = parseConformanceOptions(argv.filter((argument) => argument !== '--json'));
    process.env['PARALLAX_OPTIONS'] = JSON.stringify(options);
    if (json) process.env['PARALLAX_JSON'] = '1';
    await runVitest(options);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  },
};

/** vitest does the running; its reporter of ours sets the exit code. */
async function runVitest(options: ConformanceOptions): Promise<void> {
  const vitest = await startVitest([], {
    run: true,
    watch: false,
    project: options.latency ? ['conformance', 'latency'] : ['conformance'],
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    passWithNoTests: true,
  });
  await vitest.close();
}
