import type { Operation } from '../../service.ts';
import { describeRule } from '../describe-rule.ts';
import { findBus } from '../find.ts';
import type { ListRulesRequest, ListRulesResponse } from '../generated/shapes.ts';
import { byName, page } from '../page.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ NamePrefix = '', EventBusName, ...paging }, state) => {
    const bus = findBus(state, EventBusName);
    const found = byName(bus.rules.values()).filter(({ name }) => name.startsWith(NamePrefix));
    const { items, nextToken } = page(found, ({ name }) => name, paging);
    return { Rules: items.map((rule) => describeRule(bus, rule)), NextToken: nextToken };
  },
} satisfies Operation<ListRulesRequest, ListRulesResponse, EventsState>;
