import type { Operation } from '../../service.ts';
import type { GetResourcePolicyInput, GetResourcePolicyOutput } from '../generated/shapes.ts';
import { noPolicy, policyTable } from '../resource-policy.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle({ ResourceArn }, state) {
    const { policy } = policyTable(state, ResourceArn);
    if (policy === undefined) throw noPolicy(ResourceArn);
    return { Policy: policy.document, RevisionId: policy.revision };
  },
} satisfies Operation<GetResourcePolicyInput, GetResourcePolicyOutput, DynamoState>;
