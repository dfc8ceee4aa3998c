import { array, assert, boolean, nat, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { brand } from '#core';
import type { Base64, HistoryEvent, MessageId, Nanos, ReceiverId, SessionId, Subject } from '#core';
import { fingerprintOf } from './fingerprint.ts';

const arbitraryEvent = record({ at: nat(), body: string({ maxLength: 200 }), isKnown: boolean() }).map(
  ({ at, body, isKnown }): HistoryEvent => ({
    at: brand<Nanos>(at),
    session: brand<SessionId>('s'),
    kind: 'deliver',
    subscription: brand<ReceiverId>('s/a#0'),
    message: {
      id: isKnown ? brand<MessageId>('p/0') : null,
      subject: brand<Subject>('a'),
      body: brand<Base64>(body),
    },
  }),
);
const arbitraryEvents = array(arbitraryEvent, { maxLength: 4 });

test('fingerprint - the same events have the same, and others as good as never', () => {
  assert(
    property(arbitraryEvents, arbitraryEvents, (one, other) => {
      expect(fingerprintOf(structuredClone(one))).toBe(fingerprintOf(one));
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(fingerprintOf(one) === fingerprintOf(other)).toBe(isSame);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test('fingerprint - spreads over all 32 bits', () => {
  const prints = Array.from({ length: 2_000 }, (_, at) =>
    fingerprintOf([{ at: brand<Nanos>(at), kind: 'settled', complete: true }]),
  );
  expect(new Set(prints).size).toBe(prints.length);
  expect(new Set(prints.map((print) => print >>> 24)).size).toBe(256);
  expect(new Set(prints.map((print) => print & 255)).size).toBe(256);
});
