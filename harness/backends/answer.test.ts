import { assert, nat, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { base64, brand, bytesOf, utf8 } from '#core';
import type { Received, Subject } from '#core';
import { answer } from './answer.ts';

const request = (body: string): Received => ({ subject: brand<Subject>('q'), body: utf8(body) });

test.each([
  [{ kind: 'echo' }, { afterMs: 0, replies: [utf8('body')] }],
  [
    { kind: 'fail', message: 'no' },
    { afterMs: 0, replies: [], error: 'no' },
  ],
  [{ kind: 'silent' }, { afterMs: 0, replies: [] }],
  [{ kind: 'count' }, { afterMs: 0, replies: [utf8('3')] }],
  [{ kind: 'describe' }, { afterMs: 0, replies: [utf8('{"subject":"q","reply":null,"headers":[]}')] }],
  [
    { kind: 'several', replies: 2 },
    { afterMs: 0, replies: [utf8('body:0'), utf8('body:1')] },
  ],
  [
    { kind: 'fixed', body: utf8('f') },
    { afterMs: 0, replies: [utf8('f')] },
  ],
  [
    { kind: 'sized', bytes: 2 },
    { afterMs: 0, replies: [base64(Uint8Array.from([0, 0]))] },
  ],
  [
    { kind: 'delay', ms: 5 },
    { afterMs: 5, replies: [utf8('body')] },
  ],
] as const)('answer - %j', (behaviour, expected) => {
  expect(answer(behaviour, request('body'), 3)).toEqual(expected);
});

test('answer - a delay is spread by the body alone, within its range', () => {
  assert(
    property(uint8Array(), nat(1_000), nat(1_000), (bytes, ms, jitterMs) => {
      const asked = { subject: brand<Subject>('q'), body: base64(bytes) };
      const { afterMs, replies } = answer({ kind: 'delay', ms, jitterMs }, asked, 1);
      expect(afterMs).toBeGreaterThanOrEqual(ms);
      expect(afterMs).toBeLessThanOrEqual(ms + jitterMs);
      expect(answer({ kind: 'delay', ms, jitterMs }, asked, 9).afterMs).toBe(afterMs);
      expect(replies.map((reply) => [...bytesOf(reply)])).toEqual([[...bytes]]);
    }),
  );
});
