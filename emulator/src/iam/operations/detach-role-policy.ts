import type { Operation } from '../../service.ts';
import type { DetachRolePolicyInput } from '../generated/shapes.ts';
import { noSuchEntity, roleOf } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ RoleName, PolicyArn }, state) => {
    const wasThere = roleOf(state, RoleName).attached.delete(PolicyArn);
    if (!wasThere) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    return {};
  },
} satisfies Operation<DetachRolePolicyInput, Readonly<Record<string, never>>, IamState>;
