import { AwsError } from '../../errors.ts';
import { eventsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { applyRule } from '../apply-rule.ts';
import { findBus, findRule } from '../find.ts';
import type { PutTargetsRequest, PutTargetsResponse, PutTargetsResultEntry, Target } from '../generated/shapes.ts';
import { isJsonPath } from '../json-path.ts';
import type { EventsState } from '../state.ts';
import { unknownPlaceholders } from '../target-input.ts';

export default {
  caveat: 'events reach queues, topics, functions and buses; other targets are as if they were not there',
  handle: ({ Rule, EventBusName, Targets }, state, { world }) => {
    const bus = findBus(state, EventBusName);
    const rule = findRule(bus, Rule);
    for (const target of Targets) checkTarget(target);
    if (new Set([...rule.targets.keys(), ...Targets.map(({ Id }) => Id)]).size > eventsQuotas.targetsMax) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const failed: PutTargetsResultEntry[] = [];
    for (const target of Targets) {
      if (
        world.choose(
          'ADV-EB-11',
          `${rule.arn} ${target.Id}#${world.ordinal(`PutTargets ${rule.arn} ${target.Id}`)}`,
          2,
        ) === 1
      )
        failed.push(failure(target));
      else rule.targets.set(target.Id, target);
    }
    applyRule(world, bus, rule);
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  },
} satisfies Operation<PutTargetsRequest, PutTargetsResponse, EventsState>;

function failure({ Id }: Target): PutTargetsResultEntry {
  return {
    TargetId: Id,
    ErrorCode: 'ConcurrentModificationException',
    ErrorMessage: 'There is concurrent modification on the resource.',
  };
}

function checkTarget(target: Target): void {
  const { Id, Arn, Input, InputPath, InputTransformer, SqsParameters } = target;
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/.test(Arn)) {
    throw invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${Id}.`);
  if (InputPath !== undefined && !isJsonPath(InputPath)) throw invalid(`Invalid InputPath for target ${Id}.`);
  for (const name of InputTransformer === undefined ? [] : unknownPlaceholders(InputTransformer)) {
    throw invalid(`InputTemplate for target ${Id} contains invalid placeholder ${name}.`);
  }
  const isFifo = Arn.includes(':sqs:') && Arn.endsWith('.fifo');
  if (isFifo && SqsParameters?.MessageGroupId === undefined) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${Id}.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
