import type { Operation } from '../../service.ts';
import { findBus } from '../find.ts';
import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from '../generated/shapes.ts';
import { byName, page } from '../page.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ TargetArn, EventBusName, ...paging }, state) => {
    const rules = byName(findBus(state, EventBusName).rules.values());
    const found = rules.filter(({ targets }) => [...targets.values()].some(({ Arn }) => Arn === TargetArn));
    const { items, nextToken } = page(found, ({ name }) => name, paging);
    return { RuleNames: items.map(({ name }) => name), NextToken: nextToken };
  },
} satisfies Operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse, EventsState>;
