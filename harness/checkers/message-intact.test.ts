import { expect, test } from 'vitest';
import { subjectOf, utf8 } from '#core';
import type { Header } from '#core';
import { holdsOn, judge } from './judge-history.ts';
import { bytesIntact, headersIntact, replySubjectIntact, subjectIntact } from './message-intact.ts';
import { writeHistory } from './write-history.ts';

function withHeaders(sent: readonly Header[], got: readonly Header[]) {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const published = history.publish('p/0', 'x', { headers: sent });
  const delivered = history.deliver('a', 'p/0', { headers: got });
  return { verdict: judge(headersIntact(), history), evidence: [published, delivered] };
}

const sent: readonly Header[] = [
  ['B', '2'],
  ['A', '1'],
  ['B', '1'],
];

test.each<[string, readonly Header[]]>([
  ['missing', sent.slice(1)],
  ['of another case', sent.map(([name, value]) => [name.toLowerCase(), value])],
  ['with values of a name in another order', sent.toReversed()],
  ['with another value', sent.map(([name]) => [name, '1'])],
])('headers: altered where they are %s', (_, got) => {
  const { verdict, evidence } = withHeaders(sent, got);
  expect(verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'altered', evidence }] });
});

test('headers: names may come in another order', () => {
  expect(
    withHeaders(sent, [
      ['A', '1'],
      ['B', '2'],
      ['B', '1'],
    ]).verdict.valid,
  ).toBe(true);
});

test('headers: cannot tell where none were sent', () => {
  expect(withHeaders([], []).verdict).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('reply subject: altered where it is missing', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const published = history.publish('p/0', 'x', { reply: subjectOf('r') });
  const delivered = history.deliver('a', 'p/0');
  expect(judge(replySubjectIntact(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        message: 'a got p/0 with reply subject none where r was sent',
        evidence: [published, delivered],
      },
    ],
  });
});

test('bytes: altered where others came instead, lost where none did', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const first = history.publish('p/0', 'x');
  const second = history.publish('p/1', 'x');
  const alien = history.deliver('a', null, { body: utf8('other') });
  history.settled();
  expect(judge(bytesIntact(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'altered', message: 'a did not get the bytes of p/0 but others', evidence: [first, alien] },
      { kind: 'lost', message: 'a did not get the bytes of p/1', evidence: [second] },
    ],
  });
});

holdsOn(subjectIntact(), 'messaging');

test('subject - altered: a message that arrives on another subject', () => {
  const history = writeHistory();
  history.subscribe('a', 'x.>');
  const published = history.publish('p/0', 'x.y.z');
  const delivered = history.deliver('a', 'p/0', { subject: 'x.y' as never });
  history.settled();
  expect(judge(subjectIntact(), history)).toEqual({
    valid: false,
    facts: { compared: 1 },
    anomalies: [
      { kind: 'altered', message: 'a got p/0 with subject x.y where x.y.z was sent', evidence: [published, delivered] },
    ],
  });
});

test('subject - cannot tell where nothing arrived', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.settled();
  expect(judge(subjectIntact(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
