import * as fc from 'fast-check';
import { exactMapping, filterPolicy } from 'parallax-translator/mappings';
import { expect, test } from 'vitest';
import { relate } from '../subjects/decide.ts';
import { filterLanguage } from '../subjects/language.ts';
import { ruleLanguage } from '../subjects/rule-language.ts';
import { smallPairs, smallSubjects } from './law-cases.ts';

/** @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const keysMax = 5;

/** Tokens that an attribute carries as they are. */
const filter = fc
  .tuple(fc.array(fc.constantFrom('a', 'b-c', '*', '*'), { maxLength: 14 }), fc.constantFrom('a', '*', '>'))
  .map(([tokens, last]) => [...tokens, last].join('.'));

test('a filter policy lets through all that its filter asks for, proven, within five keys', () => {
  const judge = (text: string): void => {
    const policy = filterPolicy(text);
    const language = policy === undefined ? filterLanguage('>') : ruleLanguage({ detail: policy });
    expect([text, relate(filterLanguage(text), language).onlyLeft]).toEqual([text, undefined]);
    expect(Object.keys(policy ?? {}).length).toBeLessThanOrEqual(keysMax);
  };
  for (const text of new Set(smallPairs().map(([one]) => one))) judge(text);
  fc.assert(fc.property(filter, judge));
});

test('with up to four named tokens among the first nine it lets through nothing else', () => {
  fc.assert(
    fc.property(filter, (text) => {
      const policy = filterPolicy(text);
      const named = text.split('.').flatMap((token, at) => (token === '*' || token === '>' ? [] : [at]));
      const language = policy === undefined ? filterLanguage('>') : ruleLanguage({ detail: policy });
      const isExact = relate(filterLanguage(text), language).onlyRight === undefined;
      expect([text, isExact]).toEqual([text, named.length <= 4 && named.every((at) => at < 9)]);
    }),
  );
});

test('entries and rules are those of every version', async () => {
  const subjects = [...smallSubjects(2), 'лес.é.e\u0301', 'a.\u0001."\\', '_INBOX.x', '$SYS.a', '👍.*'];
  const filters = [...new Set(smallPairs().map(([one]) => one)), '$SYS.>', 'é.*'];
  const lines = [
    ...subjects.map((subject) => ({ subject, entry: exactMapping.encode(subject) })),
    ...filters.map((text) => ({ filter: text, rule: exactMapping.rule(text), policy: filterPolicy(text) ?? null })),
  ];
  const golden = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  await expect(golden).toMatchFileSnapshot('../../fixtures/golden/exact-mapping.jsonl');
});
