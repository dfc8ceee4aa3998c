import type { Operation } from '../../service.ts';
import { applyRule, restartSchedule } from '../apply-rule.ts';
import { findBus, findRule } from '../find.ts';
import type { EnableRuleRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name, EventBusName }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    const rule = findRule(bus, Name);
    rule.state = 'ENABLED';
    applyRule(world, bus, rule);
    restartSchedule(world, bus, rule);
  },
} satisfies Operation<EnableRuleRequest, void, EventsState>;
