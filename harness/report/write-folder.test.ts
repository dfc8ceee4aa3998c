import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '#core';
import { writeFolder } from './write-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parallax-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = [{ path: 'report.json', content: '{}' }];

test('writes files in folders, and takes over those that are there', async () => {
  writeFileSync(join(folder, 'spool'), 'line\n');
  const out = join(folder, 'new', 'report');
  await writeFolder(out, [...report, { path: 'histories/a.jsonl', from: join(folder, 'spool') }]);
  expect(readFileSync(join(out, 'histories/a.jsonl'), 'utf8')).toBe('line\n');
  expect(readdirSync(join(folder, 'new'))).toEqual(['report']);
});

test('an earlier report goes as a whole', async () => {
  const out = join(folder, 'report');
  await writeFolder(out, [...report, { path: 'old', content: '' }]);
  await writeFolder(out, report);
  expect(readdirSync(out)).toEqual(['report.json']);
  expect(readdirSync(folder)).toEqual(['report']);
});

test('an empty folder may be used, one with something else in it may not', async () => {
  mkdirSync(join(folder, 'empty'));
  await writeFolder(join(folder, 'empty'), report);
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'thesis.txt'), 'years');
  await expect(writeFolder(home, report)).rejects.toThrow(
    new UsageError(`output folder '${home}' holds something that is not a report, expected an empty or new folder`),
  );
  expect(readdirSync(home)).toEqual(['thesis.txt']);
});

test('what cannot be written is one line, and leaves nothing behind', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const out of [file, join(file, 'below')])
    await expect(writeFolder(out, report)).rejects.toThrow(
      new UsageError(
        `cannot write the report to '${out}': part of the path is not a folder, expected a writable folder`,
      ),
    );
  await expect(writeFolder('/proc/parallax', report)).rejects.toThrow(UsageError);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('where a file fails, an earlier report stays as it was', async () => {
  const out = join(folder, 'report');
  await writeFolder(out, report);
  const missing = { path: 'histories/a.jsonl', from: join(folder, 'missing') };
  await expect(writeFolder(out, [...report, missing])).rejects.toThrow(UsageError);
  await expect(writeFolder(out, [{ path: '../escape', content: '' }])).rejects.toThrow('outside the report');
  expect(readdirSync(out)).toEqual(['report.json']);
  expect(readdirSync(folder)).toEqual(['report']);
  expect(existsSync(join(folder, 'escape'))).toBe(false);
});
