import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run replay:nodes`: the same choices give the same history on Node 22, 24 and 26. Installs the `node` packages into a
 * temporary folder, replays every capsule and some schedules of every act on each, and compares the digests line by line.
 * Exit 1 where a line differs or a version is not to be had.
 */
const versions = ['22.23.3', '24.21.0', '26.10.0'] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { schedules: { type: 'string', default: '2' } } });
  const folder = await mkdtemp(join(tmpdir(), 'replay-nodes-'));
  try {
    const outputs = await Promise.all(versions.map((version) => digestsOn(version, folder, values.schedules)));
    const [reference = [], ...others] = outputs;
    let different = 0;
    for (const [at, line] of reference.entries()) {
      const odd = others.findIndex((lines) => lines[at] !== line);
      if (odd === -1) continue;
      different += 1;
      console.log(`MISS ${versions[0]}: ${line}\n     ${versions[odd + 1]}: ${others[odd]?.[at] ?? 'nothing'}`);
    }
    const isWhole = others.every(({ length }) => length === reference.length) && reference.length > 0;
    console.log(`${reference.length} runs on Node ${versions.join(', ')}: ${different} differ`);
    process.exitCode = different === 0 && isWhole ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function digestsOn(version: string, folder: string, schedules: string): Promise<readonly string[]> {
  const prefix = join(folder, version);
  await output('npm', ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--no-save', `node@${version}`]);
  const node = join(prefix, 'node_modules', 'node', 'bin', 'node');
  const reported = (await output(node, ['--version'])).trim();
  if (reported !== `v${version}`) throw new Error(`'${node}' is ${reported}, expected v${version}`);
  const script = fileURLToPath(new URL('./replay-digests.ts', import.meta.url));
  const lines = (await output(node, ['--no-warnings', script, '--schedules', schedules])).trim().split('\n');
  console.log(`Node ${version}: ${lines.length} runs`);
  return lines;
}

async function output(command: string, arguments_: readonly string[]): Promise<string> {
  const child = spawn(command, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`'${command} ${arguments_.join(' ')}' ended with ${String(code)}`);
  return out;
}

await main();
