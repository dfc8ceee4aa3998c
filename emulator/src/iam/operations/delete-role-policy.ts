import type { Operation } from '../../service.ts';
import type { DeleteRolePolicyInput } from '../generated/shapes.ts';
import { noSuchEntity, roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName, PolicyName }, state) => {
    const wasThere = roleOf(state, RoleName).inline.delete(PolicyName);
    if (!wasThere) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
    return {};
  },
} satisfies Operation<DeleteRolePolicyInput, Readonly<Record<string, never>>, IamState>;
