import { UnmappableError } from '../errors.ts';
import { asciiJson } from '../json.ts';
import type { SubjectMapping } from '../mapping.ts';
import { patternTokens, subjectTokens } from '../subject.ts';

/**
 * Characters of an event pattern.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const patternLengthMax = 2_048;

/** Subjects as events with a field for each token, so that a rule needs equality and the count of tokens only. */
export const exactMapping: SubjectMapping = {
  encode: (subject) => {
    const tokens = subjectTokens(subject);
    return {
      source: 'nats',
      detailType: 'nats.msg',
      detail: {
        v: 1,
        s: subject,
        n: tokens.length,
        ...Object.fromEntries(tokens.map((token, index) => [`t${index}`, token])),
      },
    };
  },
  decode: ({ detail }) => {
    const { s } = detail;
    if (typeof s !== 'string') throw new Error("event has no subject: expected a string at 'detail.s'");
    return s;
  },
  rule: (pattern) => {
    const tokens = patternTokens(pattern);
    const open = tokens.at(-1) === '>';
    const literals = tokens.flatMap((token, index) =>
      token === '*' || (open && index === tokens.length - 1) ? [] : [[`t${index}`, [token]] as const],
    );
    const rule = {
      source: ['nats'],
      'detail-type': ['nats.msg'],
      detail: { n: [{ numeric: [open ? '>=' : '=', tokens.length] }], ...Object.fromEntries(literals) },
    };
    const { length } = asciiJson(rule);
    if (length > patternLengthMax) {
      throw new UnmappableError(
        longest(tokens),
        `the event pattern has ${length} characters, at most ${patternLengthMax} are allowed`,
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
      );
    }
    return rule;
  },
};

function longest(tokens: readonly string[]): string {
  return tokens.reduce((found, token) => (token.length > found.length ? token : found));
}
