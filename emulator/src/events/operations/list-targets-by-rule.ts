import type { Operation } from '../../service.ts';
import { findBus, findRule } from '../find.ts';
import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '../generated/shapes.ts';
import { page } from '../page.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Rule, EventBusName, ...paging }, state) => {
    const rule = findRule(findBus(state, EventBusName), Rule);
    const { items, nextToken } = page(rule.targets.values(), ({ Id }) => Id, paging);
    return { Targets: items, NextToken: nextToken };
  },
} satisfies Operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse, EventsState>;
