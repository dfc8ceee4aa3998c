import type { Rule as RuleShape } from './generated/shapes.ts';
import type { Bus, Rule } from './state.ts';

export function describeRule(bus: Bus, rule: Rule): RuleShape {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: bus.name,
  };
}
