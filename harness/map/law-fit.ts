import { validatePattern } from 'parallax-emulator/patterns';
import type { EventPattern } from 'parallax-translator/mappings';
import { anyFilter, smallPairs } from './law-cases.ts';
import { attempt, checkLaw, describeError, isUnmappable } from './law-check.ts';
import type { Finding } from './law-check.ts';
import type { LawDefinition } from './laws.ts';

/**
 * Characters of an event pattern.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const patternCharactersMax = 2_048;

export const fit: LawDefinition = {
  name: 'fit',
  promise: 'a rule is one that EventBridge takes, or the error names token, limit and page',
  check: (mapping, options) =>
    checkLaw(
      {
        small: new Set(smallPairs().map(([filter]) => filter)),
        random: anyFilter,
        judge: (filter): Finding => {
          const made = attempt(() => mapping.rule(filter));
          if ('value' in made) return judgeRule(filter, made.value);
          if (isUnmappable(made.error)) return 'unmappable';
          return { filter, message: `rule('${brief(filter)}') throws: ${describeError(made.error)}` };
        },
      },
      options,
    ),
};

function judgeRule(filter: string, rule: EventPattern): Finding {
  const { length } = JSON.stringify(rule);
  if (length > patternCharactersMax) {
    const message = `the rule of '${brief(filter)}' has ${length} characters, at most ${patternCharactersMax} are allowed`;
    return { filter, rule, message };
  }
  const validated = attempt(() => validatePattern(rule));
  if ('value' in validated) return 'kept';
  return {
    filter,
    rule,
    message: `EventBridge refuses the rule of '${brief(filter)}': ${describeError(validated.error)}`,
  };
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
