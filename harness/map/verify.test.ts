import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '#core';
import { verificationText } from './verify-text.ts';
import { verifyMapping } from './verify.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parallax-mapping-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = { runs: 50, seed: 1, limitMs: 20_000 };
const good = `export const encode = (s: string) => ({ source: 'mine', detailType: 'm', detail: { s } });
export const decode = (entry: { detail: { s: string } }) => entry.detail.s;
export const rule = (p: string) => {
  if (/[*>]/.test(p) || p.length > 1_000) throw Object.assign(new Error('no'), { token: p, limit: 'l', page: 'p' });
  return { source: ['mine'], detail: { s: [p] } };
};`;

function moduleOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('verifying', { timeout: 60_000 }, () => {
  test('exact keeps all laws, and its rules are proven', async () => {
    const verification = await verifyMapping({ mapping: 'exact', ...options });
    expect(verification.kept).toBe(true);
    expect(verification.proof?.filters).toBeGreaterThan(100);
    expect(verificationText(verification)).toContain('exact: 6 of 6 laws kept');
  });

  test('design does not, and shows subject, entry, rule and both answers', async () => {
    const verification = await verifyMapping({ mapping: 'design', ...options });
    expect(verification.kept).toBe(false);
    const text = verificationText(verification);
    expect(text).toContain("'agent' arrives as 'agent.unknown.unknown'");
    expect(text).toMatch(/NATS {6}match\n {6}the rule {2}no match/);
  });

  test('mended keeps all but totality', async () => {
    const { laws } = await verifyMapping({ mapping: 'mended', ...options });
    expect(laws.flatMap(({ name, kept }) => (kept ? [] : [name]))).toEqual(['totality']);
  });

  test('a module in TypeScript of one’s own', async () => {
    const { kept, laws } = await verifyMapping({ mapping: moduleOf('good.ts', good), ...options });
    expect(laws.filter((law) => !law.kept)).toEqual([]);
    expect(kept).toBe(true);
  });

  test('the template in docs keeps all laws', async () => {
    const mapping = fileURLToPath(new URL('../../docs/mapping-template.ts', import.meta.url));
    const { laws } = await verifyMapping({ mapping, ...options });
    expect(laws.filter((law) => !law.kept)).toEqual([]);
  });

  test('what differs from process to process is not stable', async () => {
    const text = good
      .replace('detail: { s }', 'detail: { s, k }')
      .replace('export', 'const k = Math.random();\nexport');
    const { laws } = await verifyMapping({ mapping: moduleOf('process.ts', text), ...options });
    expect(laws.find(({ name }) => name === 'stability')).toMatchObject({
      kept: false,
      counterexample: { message: "encode('a') is not deterministic: it differs from one process to the next" },
    });
  });

  test.each([
    ['syntax.ts', 'this is no module', /does not load: /],
    ['throws.ts', "throw new Error('boom')", /does not load: boom/],
    ['exits.ts', 'process.exit(0)', /ended its process, while it was loaded/],
    ['lacks.ts', 'export const encode = () => 1', /has no function 'decode'/],
    ['shape.ts', good.replace('({ source', '([{ source').replace('{ s } })', '{ s } }])'), /encode\('a'\) returned \[/],
    ['memory.ts', `const a = []; for (;;) a.push(new Array(1e6).fill(a.length))`, /used more than 512 MB/],
  ])('%s is a clear error', async (name, text, message) => {
    const verifying = verifyMapping({ mapping: moduleOf(name, text), ...options });
    await expect(verifying).rejects.toThrow(UsageError);
    await expect(verifying).rejects.toThrow(message);
  });

  test('a call that never returns is ended, and named', async () => {
    const slow = good
      .replace('({ source', '{ while (s === "b"); return ({ source')
      .replace('{ s } });', '{ s } }); };');
    const verifying = verifyMapping({ mapping: moduleOf('slow.ts', slow), ...options, limitMs: 3_000 });
    await expect(verifying).rejects.toThrow(/slow\.ts' was not done within 3 s, in encode\('b'\)$/);
  });

  test.each([
    ['nope', "mapping 'nope' is unknown: expected design, mended, exact or a module's file"],
    ['/nowhere/nope.ts', "mapping '/nowhere/nope.ts' is not there: expected a module's file"],
  ])('%s is not there', async (mapping, message) => {
    await expect(verifyMapping({ mapping, ...options })).rejects.toThrow(new UsageError(message));
  });
});
