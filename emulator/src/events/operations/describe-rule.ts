import type { Operation } from '../../service.ts';
import { describeRule } from '../describe-rule.ts';
import { findBus, findRule } from '../find.ts';
import type { DescribeRuleRequest, DescribeRuleResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name, EventBusName }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    return { ...describeRule(bus, findRule(bus, Name)), CreatedBy: world.accountId };
  },
} satisfies Operation<DescribeRuleRequest, DescribeRuleResponse, EventsState>;
