import type { Operation } from '../../service.ts';
import type { DeletePolicyInput } from '../generated/shapes.ts';
import { noSuchEntity } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ PolicyArn }, { policies }) => {
    if (!policies.delete(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
    return {};
  },
} satisfies Operation<DeletePolicyInput, Readonly<Record<string, never>>, IamState>;
