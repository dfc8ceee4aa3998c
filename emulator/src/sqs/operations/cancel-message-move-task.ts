import { isRecord } from '../../codecs/json.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidParameter, resourceNotFound } from '../errors.ts';
import type { CancelMessageMoveTaskInput, CancelMessageMoveTaskOutput } from '../generated/shapes.ts';
import { queueOfArn } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ TaskHandle }, state, { world }) => {
    const { taskId, sourceArn } = parseHandle(TaskHandle);
    if (queueOfArn(sourceArn, state, world) === undefined) {
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    }
    const task = state.moveTasks.find(({ id }) => id === taskId);
    if (task === undefined) throw resourceNotFound('Task does not exist.');
    if (task.status !== 'RUNNING') {
      throw invalidParameter(`Only active tasks can be cancelled. The task's status is ${task.status}.`);
    }
    task.status = 'CANCELLING';
    world.clock.at(world.clock.epochMs() + sqsQuotas.moveCancellationMs, () => {
      if (task.status === 'CANCELLING') task.status = 'CANCELLED';
    });
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },
} satisfies Operation<CancelMessageMoveTaskInput, CancelMessageMoveTaskOutput, SqsState>;

function parseHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  try {
    const value: unknown = JSON.parse(Buffer.from(handle, 'base64').toString('utf8'));
    if (isRecord(value) && typeof value['taskId'] === 'string' && typeof value['sourceArn'] === 'string') {
      return { taskId: value['taskId'], sourceArn: value['sourceArn'] };
    }
  } catch {
    throw invalidParameter('Value for parameter TaskHandle is invalid.');
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}
