import type { Operation } from '../../service.ts';
import type { ListRolePoliciesInput, ListRolePoliciesOutput } from '../generated/shapes.ts';
import { roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName }, state) => ({ PolicyNames: [...roleOf(state, RoleName).inline.keys()], IsTruncated: false }),
} satisfies Operation<ListRolePoliciesInput, ListRolePoliciesOutput, IamState>;
