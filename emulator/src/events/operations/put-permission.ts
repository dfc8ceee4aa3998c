import { isRecord } from '../../codecs/json.ts';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { findBus } from '../find.ts';
import type { PutPermissionRequest } from '../generated/shapes.ts';
import type { Bus, EventsState } from '../state.ts';

export default {
  handle: (input, state, { world }) => {
    const bus = findBus(state, input.EventBusName);
    bus.policy = input.Policy === undefined ? withStatement(bus, input) : readPolicy(input.Policy);
    bus.modifiedMs = world.clock.epochMs();
  },
} satisfies Operation<PutPermissionRequest, void, EventsState>;

function withStatement(bus: Bus, { Action, Principal, StatementId, Condition }: PutPermissionRequest): Bus['policy'] {
  const missing = Object.entries({ StatementId, Action, Principal }).find(([, value]) => value === undefined);
  if (missing !== undefined) throw new AwsError('ValidationException', `Parameter ${missing[0]} is required.`);
  const statement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: bus.arn,
    ...(Condition && { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
  };
  return [...bus.policy.filter(({ Sid }) => Sid !== StatementId), statement];
}

function readPolicy(text: string): Bus['policy'] {
  const statements = statementsOf(text);
  if (statements === undefined) throw new AwsError('ValidationException', 'Parameter Policy is not valid.');
  return statements;
}

function statementsOf(text: string): Bus['policy'] | undefined {
  try {
    const policy: unknown = JSON.parse(text);
    const statement = isRecord(policy) ? policy['Statement'] : undefined;
    const list = Array.isArray(statement) ? statement : [statement];
    return list.every(isRecord) ? list : undefined;
  } catch {
    return undefined;
  }
}
