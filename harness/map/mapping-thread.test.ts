import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Clock } from '#core';
import * as template from '../../docs/mapping-template.ts';
import { diffMappings } from './diff.ts';
import { threadMapping } from './mapping-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'parallax-thread-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A module's file of these functions' bodies. */
function file(name: string, { encode = 'return entry', rule = 'return { source: ["x"] }', top = '' } = {}): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `${top}\nconst entry = { source: 'x', detailType: 'x', detail: {} };\nexport function encode(subject) { ${encode} }\nexport function decode() { return 'x' }\nexport function rule(filter) { ${rule} }\n`,
  );
  return path;
}

/** Loading takes as long as the machine lets it. */
const patient: Clock = { epochMs: () => 0, at: () => () => undefined };
/** A second passes with each look at it. */
function passing(): Clock {
  let seconds = 0;
  return { ...patient, epochMs: () => 1_000 * seconds++ };
}
const late: Clock = {
  ...patient,
  at: (_, wake) => {
    wake();
    return () => undefined;
  },
};

const templateFile = new URL('../../docs/mapping-template.ts', import.meta.url).pathname;

test('threadMapping - answers as the module does in this thread', async () => {
  await using thread = await threadMapping(templateFile, { limitMs: 30_000, clock: patient });
  const entry = thread.mapping.encode('a.b.c');
  expect(entry).toEqual(template.encode('a.b.c'));
  expect(thread.mapping.decode(entry)).toBe('a.b.c');
  expect(thread.mapping.rule('a.*.>')).toEqual(template.rule('a.*.>'));
  expect(() => thread.mapping.rule('x'.repeat(3_000))).toThrow(/2048/);
  expect(diffMappings(thread.mapping, template)).toEqual([]);
});

test.each([
  ['an answer that never comes', { encode: 'for (;;);' }, /not done within 2 s, in encode\('a'\)$/],
  ['a wrong shape', { encode: 'return 7' }, /encode\('a'\) returned 7/],
  ['an error of its own', { encode: "throw new Error('no')" }, /^no$/],
])('threadMapping - %s is a clear error', async (name, bodies, message) => {
  await using thread = await threadMapping(file(name.replaceAll(' ', '-'), bodies), { limitMs: 2_000, clock: patient });
  expect(() => thread.mapping.encode('a')).toThrow(message);
});

test('threadMapping - all calls together have one limit where it is for the whole', async () => {
  await using thread = await threadMapping(templateFile, { limitMs: 60_000, whole: true, clock: passing() });
  expect(() => diffMappings(thread.mapping, template)).toThrow(/not done within 60 s, in (?:en|de)code/);
});

test.each([
  ['that never loads', { top: 'for (;;);' }, /was not done within 2 s, while it was loaded/, late],
  ['that ends the process', { top: 'process.exit()' }, /ended its process, while it was loaded/, patient],
  ['that throws', { top: "throw new Error('no')" }, /does not load: no/, patient],
])('threadMapping - a module %s is a clear error', async (name, bodies, message, clock) => {
  await expect(threadMapping(file(name.replaceAll(' ', '-'), bodies), { limitMs: 2_000, clock })).rejects.toThrow(
    message,
  );
});
