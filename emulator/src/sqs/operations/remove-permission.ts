import type { Operation } from '../../service.ts';
import { invalidValue } from '../errors.ts';
import type { RemovePermissionInput } from '../generated/shapes.ts';
import { policyOf, setPolicy } from '../policy.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, Label }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const policy = policyOf(queue);
    const statements = policy.statements.filter(({ Sid }) => Sid !== Label);
    if (statements.length === policy.statements.length) throw invalidValue('Label', Label, "can't find label.");
    setPolicy(queue, { ...policy, statements });
    return {};
  },
} satisfies Operation<RemovePermissionInput, Readonly<Record<string, never>>, SqsState>;
