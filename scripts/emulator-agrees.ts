// Runs the scenarios friendly on the embedded emulator and on the same emulator over HTTP, and compares the outcomes
// cell by cell; cells that the plan leaves out in real time are not compared. usage: node scripts/emulator-agrees.ts
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulatorProcess } from '../fixtures/emulator.ts';
import type { Report } from '../harness/core/index.ts';

const program = fileURLToPath(new URL('../bin/parallax.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'parallax-agrees-'));
const patterns = process.argv.slice(2);

try {
  await using emulator = await startEmulatorProcess({ signal: AbortSignal.timeout(60_000) });
  const embedded = await outcomes('embedded', join(folder, 'embedded'));
  const overHttp = await outcomes(emulator.url, join(folder, 'http'));
  let compared = 0;
  const differing: string[] = [];
  for (const [key, outcome] of overHttp) {
    if (outcome === 'not-run') continue;
    compared += 1;
    if (embedded.get(key) !== outcome) differing.push(`${key}: embedded ${embedded.get(key)}, over HTTP ${outcome}`);
  }
  for (const line of differing) console.log(line);
  console.log(`${compared} cells compared, ${differing.length} differ`);
  process.exitCode = compared === 0 || differing.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** `QG-001 exact` → what the friendly run came to. */
async function outcomes(target: string, out: string): Promise<ReadonlyMap<string, string>> {
  const options = ['--target', target, '--schedules', '0', '--no-baseline', '--no-latency', '--json', '--out', out];
  const child = spawn(process.execPath, [program, 'conformance', ...patterns, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const report: Report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
  return new Map(
    report.cells
      .filter((cell) => cell.target !== 'nats')
      .map(({ row, profile, outcome }) => [`${row} ${profile}`, outcome] as const),
  );
}
