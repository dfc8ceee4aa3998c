import { uuid } from '../../ids.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidParameter, invalidValue, resourceNotFound } from '../errors.ts';
import type { StartMessageMoveTaskInput, StartMessageMoveTaskOutput } from '../generated/shapes.ts';
import { isActive, runMoveTask, taskHandle } from '../move-task.ts';
import { queueOfArn } from '../queue-url.ts';
import { parseRedrivePolicy } from '../redrive-policy.ts';
import { promote } from '../storage.ts';
import type { MoveTask, Queue, SqsState } from '../state.ts';

export default {
  handle: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }, state, { world }) => {
    const source = queueOfArn(SourceArn, state, world);
    if (source === undefined) throw missing('SourceArn');
    const max = sqsQuotas.moveMessagesPerSecondMax;
    const perSecond = MaxNumberOfMessagesPerSecond;
    if (perSecond !== undefined && (perSecond < 1 || perSecond > max)) {
      throw invalidValue('MaxNumberOfMessagesPerSecond', perSecond, `Must be between 1 and ${max}, if provided.`);
    }
    if (!isDeadLetterQueue(source, state))
      throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    const destination = DestinationArn === undefined ? undefined : queueOfArn(DestinationArn, state, world);
    if (DestinationArn !== undefined && destination === undefined) throw missing('DestinationArn');
    if (state.moveTasks.some((task) => task.sourceArn === SourceArn && isActive(task))) {
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    promote(source, world.clock.epochMs());
    const task: MoveTask = {
      id: uuid(world.random),
      sourceArn: SourceArn,
      destination,
      perSecondMax: perSecond,
      startedMs: Math.floor(world.clock.epochMs()),
      toMove: source.counts.ready,
      moved: 0,
      status: 'RUNNING',
      failureReason: undefined,
    };
    state.moveTasks.unshift(task);
    world.clock.at(world.clock.epochMs(), () => runMoveTask(task, source, state, world));
    return { TaskHandle: taskHandle(task) };
  },
} satisfies Operation<StartMessageMoveTaskInput, StartMessageMoveTaskOutput, SqsState>;

function missing(parameter: string): Error {
  return resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

function isDeadLetterQueue({ arn }: Queue, { queues }: SqsState): boolean {
  return [...queues.values()].some((queue) => {
    const policy = queue.attributes.get('RedrivePolicy');
    return policy !== undefined && parseRedrivePolicy(policy, queue.arn).deadLetterTargetArn === arn;
  });
}
