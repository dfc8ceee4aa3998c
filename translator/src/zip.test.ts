import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zip } from './zip.ts';

test('zip - another program reads the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    const path = join(folder, 'a.zip');
    writeFileSync(path, zip({ 'index.js': 'exports.handler = 1;\n', 'b/data.json': '{"é":1}' }));
    const script = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))`;
    const files: unknown = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }));
    expect(files).toEqual({ 'index.js': 'exports.handler = 1;\n', 'b/data.json': '{"é":1}' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
