import type { Operation } from '../../service.ts';
import type { GetRoleInput, GetRoleOutput } from '../generated/shapes.ts';
import { roleOf, roleShape } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName }, state) => ({ Role: roleShape(roleOf(state, RoleName)) }),
} satisfies Operation<GetRoleInput, GetRoleOutput, IamState>;
