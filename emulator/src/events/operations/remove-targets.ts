import type { Operation } from '../../service.ts';
import { applyRule } from '../apply-rule.ts';
import { findBus, findRule } from '../find.ts';
import type { RemoveTargetsRequest, RemoveTargetsResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Rule, EventBusName, Ids }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    const rule = findRule(bus, Rule);
    const missing = Ids.filter((id) => !rule.targets.delete(id));
    applyRule(world, bus, rule);
    return {
      FailedEntryCount: missing.length,
      FailedEntries: missing.map((id) => ({
        TargetId: id,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Rule ${Rule} does not have target ${id}.`,
      })),
    };
  },
} satisfies Operation<RemoveTargetsRequest, RemoveTargetsResponse, EventsState>;
