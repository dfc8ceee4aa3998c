import type { Operation } from '../../service.ts';
import type { DeleteResourcePolicyInput, DeleteResourcePolicyOutput } from '../generated/shapes.ts';
import { checkRevision, policyTable } from '../resource-policy.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle({ ResourceArn, ExpectedRevisionId }, state) {
    const table = policyTable(state, ResourceArn);
    checkRevision(table, ExpectedRevisionId);
    const revision = table.policy?.revision;
    table.policy = undefined;
    return revision === undefined ? {} : { RevisionId: revision };
  },
} satisfies Operation<DeleteResourcePolicyInput, DeleteResourcePolicyOutput, DynamoState>;
