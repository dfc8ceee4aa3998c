import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/parallax.js', import.meta.url));
let out = '';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'explore-'));
});
afterAll(() => rm(out, { recursive: true }));

const foundQg001 = expect.arrayContaining([expect.objectContaining({ row: 'QG-001', profile: 'design' })]);

/** Interrupts once the first line of progress is there. */
async function explore(arguments_: readonly string[], options: { readonly interrupt?: boolean } = {}) {
  const child = spawn(process.execPath, [bin, 'explore', ...arguments_, '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (options.interrupt === true) child.stderr.once('data', () => child.kill('SIGINT'));
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: Number(code) };
}

test('explore - a strategy nobody knows is one line and exit 64', async () => {
  const { code, stderr } = await explore(['queue-group', '--strategy', 'luck']);
  expect(stderr).toMatch(/^parallax: strategy 'luck' is unknown: expected one of uniform, .*portfolio\n$/);
  expect(code).toBe(64);
});

test('explore - AWS may do what is permitted, and no more', async () => {
  const named = ['QG-001', '--profile', 'design', '--schedules', '40', '--json', '--permit', 'ADV-SQS-01=0.5'];
  const { code, stdout } = await explore(named);
  expect(JSON.parse(stdout)).toMatchObject({ points: { 'ADV-SQS-01': expect.any(Number) }, findings: foundQg001 });
  expect(Object.keys(JSON.parse(stdout).points)).toEqual(['ADV-SQS-01']);
  expect(code).toBe(1);
});

test.each([
  ['ADV-SQS-999', "permission 'ADV-SQS-999' is not known; see GET /_parallax/permissions, or 'all'"],
  ['ADV-SQS-01=0', "--permit 'ADV-SQS-01=0' permits nothing: expected all, or ids such as ADV-SQS-01"],
])('explore - --permit %s is one line and exit 64', async (permit, line) => {
  const { code, stderr } = await explore(['QG-001', '--permit', permit]);
  expect(stderr).toBe(`parallax: ${line}\n`);
  expect(code).toBe(64);
});

test('explore - ends with the figures as JSON, and exit 1 where something was found', async () => {
  const { code, stdout } = await explore(['QG-001', '--profile', 'design', '--schedules', '18', '--json']);
  const summary: unknown = JSON.parse(stdout);
  expect(Object.keys(Object(summary))).toEqual(['schedules', 'seconds', 'distinctHistories', 'points', 'findings']);
  expect(summary).toMatchObject({ schedules: 18, findings: foundQg001 });
  expect(code).toBe(1);
});

test('explore - Ctrl-C keeps what was found', async () => {
  const endless = ['QG-001', '--profile', 'design', '--schedules', '1000000', '--json'];
  const { code, stdout, stderr } = await explore(endless, { interrupt: true });
  expect(stderr).toMatch(/^\d+ of 1000000 schedules, \d+ a minute, \d+ distinct histories, \d+ found\n/);
  expect(JSON.parse(stdout)).toMatchObject({ findings: foundQg001 });
  expect((await readdir(out)).some((name) => name.startsWith('QG-001-design'))).toBe(true);
  expect(code).toBe(1);
});

test('explore - Ctrl-C with nothing found says by its code that it was not done', async () => {
  const { code, stdout } = await explore(['PUB-015', '--schedules', '1000000'], { interrupt: true });
  expect(stdout).toContain('nothing found');
  expect(code).toBe(2);
});
