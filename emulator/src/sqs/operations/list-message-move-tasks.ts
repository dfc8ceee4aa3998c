import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidValue, resourceNotFound } from '../errors.ts';
import type { ListMessageMoveTasksInput, ListMessageMoveTasksOutput } from '../generated/shapes.ts';
import { isActive, taskHandle } from '../move-task.ts';
import { queueOfArn } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ SourceArn, MaxResults = 1 }, state, { world }) => {
    if (queueOfArn(SourceArn, state, world) === undefined) {
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    }
    const max = sqsQuotas.moveTasksListedMax;
    if (MaxResults < 1 || MaxResults > max) {
      throw invalidValue('MaxResults', MaxResults, `Must be between 1 and ${max}, if provided.`);
    }
    const tasks = state.moveTasks.filter(({ sourceArn }) => sourceArn === SourceArn).slice(0, MaxResults);
    return {
      Results: tasks.map((task) => ({
        ...(isActive(task) && { TaskHandle: taskHandle(task) }),
        Status: task.status,
        SourceArn: task.sourceArn,
        DestinationArn: task.destination?.arn,
        MaxNumberOfMessagesPerSecond: task.perSecondMax,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        FailureReason: task.failureReason,
        StartedTimestamp: task.startedMs,
      })),
    };
  },
} satisfies Operation<ListMessageMoveTasksInput, ListMessageMoveTasksOutput, SqsState>;
