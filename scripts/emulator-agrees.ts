// Runs the scenarios friendly on the embedded emulator and on the same emulator over HTTP, and compares the outcomes
// cell by cell; cells that the plan leaves out in real time are not compared. Of the runs over HTTP one is adverse: each
// scenario must have had choices made from outside. usage: node scripts/emulator-agrees.ts [PATTERN…]
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulatorProcess } from '../fixtures/emulator.ts';
import type { Cell, Outcome, Report } from '../harness/core/index.ts';

const program = fileURLToPath(new URL('../bin/parallax.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'parallax-agrees-'));
const patterns = process.argv.slice(2);

try {
  await using emulator = await startEmulatorProcess({ signal: AbortSignal.timeout(60_000) });
  const embedded = await run({ target: 'embedded', schedules: 0, out: join(folder, 'embedded') });
  const overHttp = await run({ target: emulator.url, schedules: 1, out: join(folder, 'http') });
  const friendly = new Map(embedded.map((cell) => [keyOf(cell), friendlyOutcome(cell)]));
  const ran = overHttp.filter(({ runs }) => runs.length > 0);
  const differing = ran.filter((cell) => friendly.get(keyOf(cell)) !== friendlyOutcome(cell));
  for (const cell of differing) {
    console.log(`${keyOf(cell)}: embedded ${friendly.get(keyOf(cell))}, over HTTP ${friendlyOutcome(cell)}`);
  }
  const fired = Map.groupBy(ran, ({ scenario }) => scenario);
  const quiet = [...fired].flatMap(([scenario, cells]) => (cells.some(hasChoices) ? [] : [scenario]));
  for (const scenario of quiet) console.log(`${scenario}: no choice was made over HTTP`);
  console.log(
    `${ran.length} cells compared, ${differing.length} differ; ${ran.filter(hasChoices).length} had an adverse run with choices`,
  );
  process.exitCode = ran.length === 0 || differing.length > 0 || quiet.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The cells of AWS. */
async function run({
  target,
  schedules,
  out,
}: {
  readonly target: string;
  readonly schedules: number;
  readonly out: string;
}): Promise<readonly Cell[]> {
  const options = ['--target', target, '--schedules', String(schedules), '--no-baseline', '--no-latency'];
  const child = spawn(process.execPath, [program, 'conformance', ...patterns, ...options, '--json', '--out', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  return report.cells.filter((cell) => cell.target !== 'nats');
}

function keyOf({ row, profile }: Cell): string {
  return `${row} ${profile}`;
}

function friendlyOutcome({ runs }: Cell): Outcome | undefined {
  return runs.find(({ seed }) => seed === 'friendly')?.outcome;
}

function hasChoices({ runs }: Cell): boolean {
  return runs.some(({ seed, choices }) => seed !== 'friendly' && choices.length > 0);
}
