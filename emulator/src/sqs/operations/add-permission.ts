import { AwsError } from '../../errors.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidParameter, invalidValue } from '../errors.ts';
import type { AddPermissionInput } from '../generated/shapes.ts';
import { isPlainName } from '../plain-name.ts';
import { policyOf, setPolicy } from '../policy.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

const { permissionActionsMax: actionsMax } = sqsQuotas;

export default {
  handle: ({ QueueUrl, Label, AWSAccountIds, Actions }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    if (!isPlainName(Label, sqsQuotas.permissionLabelLengthMax)) {
      throw invalidValue(
        'Label',
        Label,
        `Can only include alphanumeric characters, hyphens, or underscores. 1 to ${sqsQuotas.permissionLabelLengthMax} in length`,
      );
    }
    const policy = policyOf(queue);
    if (policy.statements.some(({ Sid }) => Sid === Label)) throw invalidValue('Label', Label, 'Already exists.');
    if (Actions.length > actionsMax) {
      throw new AwsError('OverLimit', `${Actions.length} Actions were found, maximum allowed is ${actionsMax}.`, {
        status: 403,
      });
    }
    const account = AWSAccountIds.find((id) => !/^\d{12}$/.test(id));
    if (account !== undefined)
      throw invalidParameter(`Value [${account}] for parameter PrincipalId is invalid. Reason: Unable to verify.`);
    setPolicy(queue, {
      ...policy,
      statements: [
        ...policy.statements,
        {
          Sid: Label,
          Effect: 'Allow',
          Principal: { AWS: oneOrMany(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
          Action: oneOrMany(Actions.map((action) => `SQS:${action}`)),
          Resource: queue.arn,
        },
      ],
    });
    return {};
  },
} satisfies Operation<AddPermissionInput, Readonly<Record<string, never>>, SqsState>;

function oneOrMany(items: readonly string[]): string | readonly string[] {
  return items.length === 1 && items[0] !== undefined ? items[0] : items;
}
