import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { applyRule, restartSchedule } from '../apply-rule.ts';
import { findBus } from '../find.ts';
import type { DeleteRuleRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name, EventBusName }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    const rule = bus.rules.get(Name);
    if (rule === undefined) return;
    if (rule.targets.size > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    rule.state = 'DISABLED';
    restartSchedule(world, bus, rule);
    bus.rules.delete(Name);
    applyRule(world, bus, rule);
  },
} satisfies Operation<DeleteRuleRequest, void, EventsState>;
