import type { Operation } from '../../service.ts';
import type { ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput } from '../generated/shapes.ts';
import { roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName }, state) => ({
    AttachedPolicies: [...roleOf(state, RoleName).attached].map((arn) => ({
      PolicyArn: arn,
      PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    })),
    IsTruncated: false,
  }),
} satisfies Operation<ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput, IamState>;
