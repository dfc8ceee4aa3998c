import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './judge-history.ts';
import { faultySubjects, filterGrammar } from './subject-grammar.ts';
import { writeHistory } from './write-history.ts';

/** Tokens of which some make a filter, and some a subject, that no server takes. */
const texts = fc.array(fc.constantFrom('x', '*', '>', 'x>', '', 'x y'), { minLength: 1, maxLength: 4 });

test('filter-grammar - filters that are refused where the reference says so are never false', () => {
  const property = fc.property(fc.array(texts, { maxLength: 8 }), (filters) => {
    const history = writeHistory();
    for (const [n, tokens] of [['x'], ['', 'x'], ...filters].entries()) {
      const filter = tokens.join('.');
      const call = history.call('a', 'subscribe', { subscription: `a/${n}` as never, pattern: filter as never });
      const tail = tokens.indexOf('>');
      const isRefused = tokens.includes('') || tokens.includes('x y') || (tail !== -1 && tail < tokens.length - 1);
      if (isRefused) call.fail('invalid-subject');
      else call.ok(null);
    }
    expect(judge(filterGrammar(), history).valid).toBe(true);
  });
  fc.assert(property);
});

test('faulty-subjects - faulty subjects that reach nobody are never false, however the publish ended', () => {
  const property = fc.property(fc.array(fc.tuple(texts, fc.boolean())), (publishes) => {
    const history = writeHistory();
    history.subscribe('a', '>');
    for (const [n, [tokens, isTaken]] of [[['', 'x'], true] satisfies [string[], boolean], ...publishes].entries()) {
      const isFaulty = tokens.includes('') || tokens.includes('x y');
      const input = { id: `p/${n}` as never, subject: tokens.join('.') as never, body: '' as never };
      const call = history.call('p', 'publish', input);
      if (isFaulty && !isTaken) call.fail('invalid-subject');
      else call.ok(null);
      if (!isFaulty) history.deliver('a', `p/${n}`);
    }
    history.settled();
    expect(judge(faultySubjects(), history).valid).toBe(true);
  });
  fc.assert(property);
});

const subscribeTo = (history: ReturnType<typeof writeHistory>, pattern: string) =>
  history.call('a', 'subscribe', { subscription: `a/${pattern}` as never, pattern: pattern as never });

test.each(['x..y', '.x', 'x.', 'x y', 'x\ty', 'x.>.y', '>.x'])('taken: the filter %j', (pattern) => {
  const history = writeHistory();
  subscribeTo(history, 'x.>').ok(null);
  const call = subscribeTo(history, pattern);
  const taken = call.ok(null);
  history.settled();
  expect(judge(filterGrammar(), history)).toEqual({
    valid: false,
    facts: { valid: 1, invalid: 1 },
    anomalies: [{ kind: 'taken', message: `filter '${pattern}' of a was taken`, evidence: [call.index, taken] }],
  });
});

test('refused: a filter that a server takes', () => {
  const history = writeHistory();
  subscribeTo(history, 'x..y').fail('invalid-subject');
  const call = subscribeTo(history, 'x>.*x');
  const refused = call.fail('unmappable');
  history.settled();
  expect(judge(filterGrammar(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'refused', message: "filter 'x>.*x' of a was refused: unmappable", evidence: [call.index, refused] },
    ],
  });
});

test('cannot tell of filters of one kind', () => {
  const history = writeHistory();
  subscribeTo(history, 'x').ok(null);
  history.settled();
  expect(judge(filterGrammar(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('unexpected: a message to a subject with an empty token', () => {
  const history = writeHistory();
  history.subscribe('a', 'x.>');
  const published = history.publish('p/0', 'x..y');
  const delivered = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(faultySubjects(), history)).toEqual({
    valid: false,
    facts: { compared: 1 },
    observations: { 'publish empty token': { word: 'taken' } },
    anomalies: [
      {
        kind: 'unexpected',
        message: "a got p/0, whose subject 'x..y' a server does not route",
        evidence: [published, delivered],
      },
    ],
  });
});

test('observes by kind of fault how the call ended, and whether the session lived on', () => {
  const history = writeHistory();
  const subject = 'x y' as never;
  history.call('p', 'publish', { id: 'p/0' as never, subject, body: '' as never }).fail('invalid-subject');
  history
    .call('p', 'request', { id: 'p/1' as never, subject: 'x.' as never, body: '' as never, timeoutMs: 1 })
    .fail('no-responders');
  history.publish('q/0', 'x'.repeat(4_095));
  history.call('q', 'flush', {}).info('connection-lost');
  history.publish('r/0', 'x'.repeat(4_094));
  history.settled();
  expect(judge(faultySubjects(), history)).toEqual({
    valid: true,
    facts: { compared: 3 },
    observations: {
      'publish white space': { word: 'invalid-subject' },
      'request empty token': { word: 'no-responders' },
      'publish too long': { word: 'taken, then closed' },
    },
  });
});

test('refused: a message to a subject that a server routes', () => {
  const history = writeHistory();
  history.publish('p/0', '.x');
  const call = history.call('p', 'publish', { id: 'p/1' as never, subject: 'x' as never, body: '' as never });
  const failed = call.fail('invalid-subject');
  history.settled();
  expect(judge(faultySubjects(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'refused', message: 'publish of p failed: invalid-subject', evidence: [call.index, failed] }],
  });
});

test('cannot tell where all subjects are in order', () => {
  const history = writeHistory();
  history.publish('p/0', 'x');
  history.settled();
  expect(judge(faultySubjects(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
