import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { DeleteRoleInput } from '../generated/shapes.ts';
import { roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName }, state) => {
    const role = roleOf(state, RoleName);
    const isInUse = role.inline.size > 0 || role.attached.size > 0;
    if (isInUse) {
      const what = role.inline.size > 0 ? 'delete policies' : 'detach all policies';
      throw new AwsError('DeleteConflict', `Cannot delete entity, must ${what} first.`, { status: 409 });
    }
    state.roles.delete(RoleName);
    return {};
  },
} satisfies Operation<DeleteRoleInput, Readonly<Record<string, never>>, IamState>;
