import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'measured');

/** Keeps what a bench measured, for the page, with the day and the kind of machine. */
export async function writeMeasured(name: string, figures: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  const gib = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${gib} GiB, ${platform()}, Node ${process.versions.node}`;
  const load = Math.round(loadavg()[1] ?? 0);
  const measuredOn = new Date().toISOString().slice(0, 10);
  await writeFile(
    join(folder, `${name}.json`),
    `${JSON.stringify({ measuredOn, machine, load, ...figures }, undefined, 2)}\n`,
  );
}
