import type { Operation } from '../../service.ts';
import type { GetCallerIdentityInput, GetCallerIdentityOutput } from '../generated/shapes.ts';

/** Every caller is the root user of its account: credentials are not checked. */
export default {
  handle: (_input, _state, { world: { accountId } }) => ({
    UserId: accountId,
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:root`,
  }),
} satisfies Operation<GetCallerIdentityInput, GetCallerIdentityOutput, Readonly<Record<string, never>>>;
