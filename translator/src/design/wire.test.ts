import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Header } from '../connection.ts';
import { exactMapping } from '../exact/mapping.ts';
import { allFixes, noFixes } from './fixes.ts';
import type { DesignOptions } from './options.ts';
import { eventDetail, readEvent, readWork, workMessage } from './wire.ts';
import type { Outgoing } from './wire.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
/** With headers of any names and values, and any bytes, empty and no UTF-8 among them. */
const anyMessage = (roots: readonly string[]): fc.Arbitrary<Outgoing> =>
  fc.record({
    subject: fc
      .tuple(fc.constantFrom(...roots), fc.array(fc.constantFrom('a', 'é', '*'), { maxLength: 4 }))
      .map(([root, tokens]) => [root, 'x', ...tokens].join('.')),
    headers: fc.array(fc.tuple(text, text) as fc.Arbitrary<Header>, { maxLength: 5 }),
    payload: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    reply: text,
    id: fc.constant('id'),
  });

function optionsOf(parts: Partial<DesignOptions>): DesignOptions {
  return { fixes: allFixes, clock: { epochMs: () => 0 }, ...parts } as DesignOptions;
}

/** Through the event as a queue brings it. */
function throughEvent(message: Outgoing, options: DesignOptions, detailType = 'x') {
  const source = options.mapping === undefined ? `mistersmith.${message.subject.split('.')[0]}` : 'nats';
  const detail: unknown = JSON.parse(eventDetail(message, options));
  return readEvent({ Body: JSON.stringify({ id: 'event', source, 'detail-type': detailType, detail }) }, options);
}

describe.each([
  ['mended', {}, ['agent', 'coord', 'broadcast']],
  ['a mapping of the user’s', { mapping: exactMapping }, ['agent', 'work', 'metrics']],
])('in %s', (_, parts, roots) => {
  test('subject, headers, reply subject and payload arrive as they were sent', () => {
    fc.assert(
      fc.property(anyMessage(roots), (sent) => {
        expect(throughEvent(sent, optionsOf(parts))).toEqual({ ...sent, eventId: 'event' });
      }),
    );
  });
});

test('in mended, a work message arrives as it was sent', () => {
  fc.assert(
    fc.property(anyMessage(['work']), (sent) => {
      const { body, attributes } = workMessage(sent, allFixes);
      expect(body).not.toBe('');
      expect(readWork({ Body: body, MessageAttributes: attributes }, 'x-normal')).toEqual(sent);
    }),
  );
});

test('in design, headers and reply subject are lost, and bytes that are no text in work and broadcast', () => {
  const options = optionsOf({ fixes: noFixes });
  const sent: Outgoing = { subject: 'agent.x.a', headers: [['A', '1']], payload: Buffer.from([255]), reply: 'r' };
  expect(throughEvent(sent, options)).toMatchObject({ headers: [], payload: Buffer.from([255]) });
  expect(throughEvent(sent, options)).not.toHaveProperty('reply');
  const { body, attributes } = workMessage({ ...sent, subject: 'work.x.a' }, noFixes);
  expect(readWork({ Body: body, MessageAttributes: attributes }, 'x-a').payload).not.toEqual(sent.payload);
  const broadcast = throughEvent({ ...sent, subject: 'broadcast.x' }, options);
  expect(broadcast.payload).not.toEqual(sent.payload);
});
