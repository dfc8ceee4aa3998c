import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Header } from '../connection.ts';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const envelope = fc.record({
  subject: text,
  headers: fc.array(fc.tuple(text, text) as fc.Arbitrary<Header>, { maxLength: 5 }),
  payload: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  reply: text,
  publisher: text,
  sequence: fc.nat(),
  publishedMs: fc.double({ min: 0, max: 2 ** 45, noNaN: true }).map(Math.abs),
});

test('envelope - arrives as it was sent', () => {
  fc.assert(
    fc.property(envelope, (sent) => {
      expect(decodeEnvelope(encodeEnvelope(sent))).toEqual(sent);
    }),
  );
});

test('envelope - is ASCII without control characters', () => {
  fc.assert(
    fc.property(envelope, (sent) => {
      expect(encodeEnvelope(sent)).toMatch(/^[ -~]*$/);
    }),
  );
});

test('envelope - what is none is not taken for one', () => {
  for (const body of ['', 'null', '[]', '{}', '{"v":2,"s":"a","p":"","pub":"x","seq":1,"ts":1}', 'text']) {
    expect(decodeEnvelope(body)).toBeUndefined();
  }
});
