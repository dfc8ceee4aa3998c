import { AwsError } from '../../errors.ts';
import { eventsQuotas } from '../../quotas.ts';
import { InvalidPatternError, validatePattern } from '../../patterns/index.ts';
import type { Operation } from '../../service.ts';
import { applyRule, restartSchedule } from '../apply-rule.ts';
import { findBus } from '../find.ts';
import type { PutRuleRequest, PutRuleResponse } from '../generated/shapes.ts';
import { isSchedule } from '../schedule.ts';
import { createRule } from '../state.ts';
import type { Bus, EventsState } from '../state.ts';
import { setTags } from '../tags.ts';

const { rulesMax, wildcardRulesMax, patternLengthMax } = eventsQuotas;

export default {
  handle: (input, state, { world }) => {
    const bus = findBus(state, input.EventBusName);
    const { Name, EventPattern, ScheduleExpression, Description, RoleArn, Tags } = input;
    checkSchedule(bus, ScheduleExpression);
    if (EventPattern !== undefined) checkPattern(bus, Name, EventPattern);
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const known = bus.rules.get(Name);
    if (known === undefined && bus.rules.size >= rulesMax) throw tooMany();
    const rule = known ?? createRule(world, bus, Name);
    if (known === undefined) setTags(rule.tags, Tags);
    rule.eventPattern = EventPattern;
    rule.scheduleExpression = ScheduleExpression;
    rule.description = Description;
    rule.roleArn = RoleArn;
    rule.state = input.State ?? 'ENABLED';
    bus.rules.set(Name, rule);
    applyRule(world, bus, rule);
    restartSchedule(world, bus, rule);
    return { RuleArn: rule.arn };
  },
} satisfies Operation<PutRuleRequest, PutRuleResponse, EventsState>;

function checkSchedule(bus: Bus, expression: string | undefined): void {
  if (expression === undefined) return;
  if (bus.name !== 'default') {
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
  }
  if (!isSchedule(expression)) {
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
}

function checkPattern(bus: Bus, name: string, pattern: string): void {
  if (pattern.length > patternLengthMax) {
    // AWS gives the limit, not the words.
    const reason = `The pattern is longer than ${patternLengthMax} characters`;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
  }
  if (!usesWildcard(pattern)) return;
  const others = [...bus.rules.values()].filter((rule) => rule.name !== name && rule.eventPattern !== undefined);
  const wildcards = others.filter(
    ({ eventPattern = '' }) => eventPattern.includes('wildcard') && usesWildcard(eventPattern),
  );
  if (wildcards.length >= wildcardRulesMax) throw tooMany();
}

function usesWildcard(pattern: string): boolean {
  try {
    return validatePattern(pattern).wildcard;
  } catch (error) {
    if (error instanceof InvalidPatternError) throw new AwsError('InvalidEventPatternException', error.message);
    throw error;
  }
}

function tooMany(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
