import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { findBus } from '../find.ts';
import type { RemovePermissionRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ EventBusName, StatementId, RemoveAllPermissions }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    if (RemoveAllPermissions !== true) {
      if (StatementId === undefined) throw new AwsError('ValidationException', 'Parameter StatementId is required.');
      if (!bus.policy.some(({ Sid }) => Sid === StatementId)) {
        throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      }
    }
    bus.policy = RemoveAllPermissions === true ? [] : bus.policy.filter(({ Sid }) => Sid !== StatementId);
    bus.modifiedMs = world.clock.epochMs();
  },
} satisfies Operation<RemovePermissionRequest, void, EventsState>;
