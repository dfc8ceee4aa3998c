import { describe, expect, test } from 'vitest';
import { designMapping, exactMapping, UnmappableError, wholeSubjectMapping } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { mappingLaws } from './laws.ts';
import { parseMapping } from './mapping-module.ts';
import { proveRules } from './proof.ts';

/** By law: its counterexample's message, or `kept`. */
function verdicts(mapping: SubjectMapping): Readonly<Record<string, string>> {
  return Object.fromEntries(
    mappingLaws(mapping, { runs: 300 }).map(({ name, check }) => [name, check().counterexample?.message ?? 'kept']),
  );
}

const kept = {
  totality: 'kept',
  'round trip': 'kept',
  injectivity: 'kept',
  agreement: 'kept',
  fit: 'kept',
  stability: 'kept',
};

describe('the exact mapping', () => {
  for (const law of mappingLaws(exactMapping)) test(`keeps ${law.name}: ${law.promise}`, law.assert, 30_000);

  test('has rules that are proven to be their filters', () => {
    const proof = proveRules(exactMapping);
    expect(proof.difference).toBeUndefined();
    expect(proof.filters).toBeGreaterThan(100);
  });
});

test('the document’s mapping breaks four laws, each by its shortest counterexample', () => {
  expect(verdicts(designMapping)).toMatchObject({
    totality: expect.stringContaining("encode('a') throws: cannot map token 'a'"),
    'round trip': "'agent' arrives as 'agent.unknown.unknown'",
    injectivity: "'broadcast.a-b' and 'broadcast.a.b' have the same entry",
    agreement: "'agent': filter 'agent' asks for it, the rule does not match",
    fit: 'kept',
    stability: 'kept',
  });
});

test('the mended mapping breaks one: it still has no entry for other roots', () => {
  expect(verdicts(wholeSubjectMapping)).toEqual({
    ...kept,
    totality: expect.stringContaining("encode('a') throws: cannot map token 'a'"),
  });
});

describe('a wrong mapping', () => {
  test('that joins tokens by what a token may hold', () => {
    const wrong: SubjectMapping = {
      ...exactMapping,
      encode: (subject) => ({ source: 'nats', detailType: 'm', detail: { key: subject.replaceAll('.', '-') } }),
      decode: ({ detail }) => String(detail['key']).replaceAll('-', '.'),
    };
    expect(verdicts(wrong)).toMatchObject({ injectivity: "'a-b' and 'a.b' have the same entry", totality: 'kept' });
    expect(verdicts(wrong)['round trip']).toBe("'a-b' arrives as 'a.b'");
  });

  test('that forgets the count, so that a tail of none matches', () => {
    const wrong: SubjectMapping = {
      ...exactMapping,
      rule: (filter) => {
        const { n: _, ...tokens } = Object(exactMapping.rule(filter)['detail']);
        return { source: ['nats'], ...(Object.keys(tokens).length === 0 ? {} : { detail: tokens }) };
      },
    };
    expect(verdicts(wrong)).toEqual({
      ...kept,
      agreement: "'a': filter 'a.*' does not ask for it, the rule matches",
    });
    expect(proveRules(wrong).difference).toEqual({ filter: 'a', subject: 'a.x' });
  });

  test('that uses wildcards on characters, which cross dots', () => {
    const wrong: SubjectMapping = {
      encode: (subject) => ({ source: 'nats', detailType: 'm', detail: { s: subject } }),
      decode: ({ detail }) => String(detail['s']),
      rule: (filter) => ({
        source: ['nats'],
        detail: { s: [{ wildcard: filter.replaceAll(/[\\*]/g, '\\$&').replaceAll(/(^|\.)(\\\*|>)(?=\.|$)/g, '$1*') }] },
      }),
    };
    const found = verdicts(wrong);
    expect(found['agreement']).toBe("'a.a': filter '*' does not ask for it, the rule matches");
    expect(found['round trip']).toBe('kept');
  });

  test('that is not deterministic', () => {
    let calls = 0;
    const wrong: SubjectMapping = {
      ...exactMapping,
      encode: (subject) => {
        const entry = exactMapping.encode(subject);
        calls += 1;
        return { ...entry, detail: { ...entry.detail, calls } };
      },
    };
    expect(verdicts(wrong)).toEqual({
      ...kept,
      stability: "encode('a') is not deterministic: two calls differ",
    });
  });

  test('that says nothing of the limit it meets', () => {
    const wrong: SubjectMapping = {
      ...exactMapping,
      rule: (filter) => {
        if (filter.includes('*')) throw new Error('no');
        return exactMapping.rule(filter);
      },
    };
    expect(verdicts(wrong)).toEqual({ ...kept, agreement: "rule('*') throws: no", fit: "rule('*') throws: no" });
  });

  test('whose rules EventBridge refuses', () => {
    const wrong: SubjectMapping = { ...exactMapping, rule: () => ({ source: [] }) };
    expect(verdicts(wrong)['fit']).toMatch(/^EventBridge refuses the rule of 'a': /);
  });
});

test('a mapping that says what it cannot express keeps its laws', () => {
  const modest: SubjectMapping = {
    ...exactMapping,
    rule: (filter) => {
      if (filter.includes('>')) throw new UnmappableError('>', 'no open end', 'https://docs.example.test');
      return exactMapping.rule(filter);
    },
  };
  expect(verdicts(modest)).toEqual(kept);
});

describe('a module', () => {
  test('may export functions by name, or one object', () => {
    expect(parseMapping(exactMapping, 'm').encode('a')).toEqual(exactMapping.encode('a'));
    expect(parseMapping({ default: exactMapping }, 'm').rule('a')).toEqual(exactMapping.rule('a'));
  });

  test.each([
    [{}, "mapping 'm' has no function 'encode'"],
    [{ encode: () => 1, decode: 2 }, "mapping 'm' has no function 'decode'"],
    [null, "mapping 'm' has no function 'encode'"],
  ])('%j is told what it lacks', (exports, message) => {
    expect(() => parseMapping(exports, 'm')).toThrow(message);
  });

  test.each<[unknown, string]>([
    ['text', 'returned "text", expected { source, detailType, detail }'],
    [Promise.resolve(), 'returned a promise'],
    [{ source: 'a', detailType: 'b', detail: [] }, 'returned {"source":"a","detailType":"b","detail":[]}'],
    [undefined, 'returned undefined'],
  ])('an entry %j is told to be none', (entry, message) => {
    const mapping = parseMapping({ ...exactMapping, encode: () => entry }, 'm');
    expect(() => mapping.encode('a')).toThrow(message);
  });
});
