import type { Operation } from '../../service.ts';
import type { PutResourcePolicyInput, PutResourcePolicyOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { checkRevision, policyTable } from '../resource-policy.ts';
import type { DynamoState } from '../table.ts';

export default {
  hasNoEffect: 'kept and shown; no call is allowed or denied by it',
  handle({ ResourceArn, Policy, ExpectedRevisionId }, state, { world }) {
    const table = policyTable(state, ResourceArn);
    checkRevision(table, ExpectedRevisionId);
    if (!isJsonObject(Policy)) throw invalid('Resource-based policy document is invalid: The policy is not valid JSON');
    // The same policy again changes nothing; revisions are times, and grow.
    if (table.policy?.document !== Policy) {
      const afterFormer = Number(table.policy?.revision ?? 0) + 1;
      table.policy = { document: Policy, revision: String(Math.max(Math.floor(world.clock.epochMs()), afterFormer)) };
    }
    return { RevisionId: table.policy.revision };
  },
} satisfies Operation<PutResourcePolicyInput, PutResourcePolicyOutput, DynamoState>;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
