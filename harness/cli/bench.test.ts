import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { UsageError } from '#core';
import { benches, runBenches } from './bench.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function parallax(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(root, 'bin', 'parallax.js'), 'bench', ...args], { encoding: 'utf8' });
}

test('benches - are those of npm run, and their files are there', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const ran = Object.entries(scripts).flatMap(([name, line]) => (name.startsWith('bench:') ? [[name, line]] : []));
  expect(Object.entries(benches).map(([name, { file }]) => [`bench:${name}`, `node bench/${file}`])).toEqual(ran);
  expect(Object.values(benches).filter(({ file }) => !existsSync(join(root, 'bench', file)))).toEqual([]);
});

test('bench - without a name lists them all, a line each', () => {
  const { status, stdout } = parallax();
  expect(stdout.trimEnd().split('\n')).toEqual(
    Object.entries(benches).map(([name, { about }]) =>
      expect.stringMatching(new RegExp(`^${name} +${about.slice(0, 9)}`)),
    ),
  );
  expect(status).toBe(0);
});

test('bench - a name nobody knows is one line and exit 64, and nothing runs', () => {
  const { status, stdout, stderr } = parallax('page', 'toString');
  expect(stderr).toMatch(/^parallax: bench 'toString' is unknown: expected one of explore, .*page\n$/);
  expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
});

test('bench - a package without the folder says so', async () => {
  const nowhere = runBenches([], new URL('no-such-folder/', import.meta.url));
  await expect(nowhere).rejects.toThrow(
    new UsageError("no benches here: 'bench' is in a clone of the repository, not in the package"),
  );
});

test('bench - hands on what is after --, runs in order, and stops at the first that fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = (name: string, code: number) =>
    writeFileSync(
      join(folder, `${name}.ts`),
      `import { appendFileSync } from 'node:fs';
      appendFileSync(${JSON.stringify(join(folder, 'ran'))}, '${name} ' + process.argv.slice(2).join(' ') + '\\n');
      process.exitCode = ${code};`,
    );
  try {
    script('calls', 0);
    script('growth', 3);
    script('checkers', 0);
    const from = pathToFileURL(`${folder}/`);
    expect(await runBenches(['calls', 'growth', 'checkers', '--', '--keep', 'x'], from)).toBe(3);
    expect(readFileSync(join(folder, 'ran'), 'utf8')).toBe('calls --keep x\ngrowth --keep x\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
