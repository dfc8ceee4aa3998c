import type { Operation } from '../../service.ts';
import type { PutRolePolicyInput } from '../generated/shapes.ts';
import { checkPolicyDocument, roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  hasNoEffect: 'kept and shown; no call is allowed or denied by it',
  handle: ({ RoleName, PolicyName, PolicyDocument }, state) => {
    const role = roleOf(state, RoleName);
    checkPolicyDocument(PolicyDocument);
    role.inline.set(PolicyName, PolicyDocument);
    return {};
  },
} satisfies Operation<PutRolePolicyInput, Readonly<Record<string, never>>, IamState>;
