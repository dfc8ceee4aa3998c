import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseCapsule } from './capsule.ts';
import { replay } from './replay.ts';

const folder = fileURLToPath(new URL('../../fixtures/capsules/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('capsules replay', () => {
  test('there are some of every suite', () => {
    const suites = files.map((name) => parseCapsule(readFileSync(folder + name, 'utf8'), name).scenario.split('/')[0]);
    expect(new Set(suites)).toEqual(new Set(['broadcast', 'kv', 'publish', 'queue-group', 'request-reply', 'subject']));
    expect(files.length).toBeGreaterThanOrEqual(25);
  });

  test.for(files)('%s', async (name) => {
    const capsule = parseCapsule(readFileSync(folder + name, 'utf8'), name);
    const result = await replay(capsule, { signal: new AbortController().signal });
    expect(result.state).toBe('there');
    expect(result.state === 'there' && result.identical).toBe(true);
  });
});
