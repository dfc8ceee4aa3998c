import type { Operation } from '../../service.ts';
import type { GetRolePolicyInput, GetRolePolicyOutput } from '../generated/shapes.ts';
import { noSuchEntity, roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName, PolicyName }, state) => {
    const document = roleOf(state, RoleName).inline.get(PolicyName);
    if (document === undefined) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) };
  },
} satisfies Operation<GetRolePolicyInput, GetRolePolicyOutput, IamState>;
