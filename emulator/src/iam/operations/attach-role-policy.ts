import type { Operation } from '../../service.ts';
import type { AttachRolePolicyInput } from '../generated/shapes.ts';
import { noSuchEntity, roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

/** AWS's own policies (`arn:aws:iam::aws:policy/…`) are taken without being looked at. */
export default {
  hasNoEffect: 'kept and shown; no call is allowed or denied by it',
  handle: ({ RoleName, PolicyArn }, state) => {
    const role = roleOf(state, RoleName);
    if (!PolicyArn.startsWith('arn:aws:iam::aws:policy/') && !state.policies.has(PolicyArn)) {
      throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
    }
    role.attached.add(PolicyArn);
    return {};
  },
} satisfies Operation<AttachRolePolicyInput, Readonly<Record<string, never>>, IamState>;
