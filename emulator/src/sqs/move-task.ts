import { sqsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { serve } from './availability.ts';
import { queueOfArn } from './queue-url.ts';
import { nextOrdinal, offerBack, readyOfGroup, remove, store, takeReady, takeReadyGroup } from './storage.ts';
import type { Message, MoveTask, Queue, SqsState } from './state.ts';

export function taskHandle({ id, sourceArn }: Pick<MoveTask, 'id' | 'sourceArn'>): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn }), 'utf8').toString('base64');
}

/** Moves the first message now and the others at the task's pace; AWS chooses one where none is asked for. */
export function runMoveTask(task: MoveTask, source: Queue, state: SqsState, world: World): void {
  if (!isActive(task)) return;
  const message = source.deletedMs === undefined ? nextMessage(source) : undefined;
  if (message === undefined) {
    task.status = 'COMPLETED';
    return;
  }
  const target = task.destination ?? queueOfArn(message.deadLetterSourceArn ?? '', state, world);
  if (target === undefined || isNoticedGone(target, world)) {
    offerBack(source, message);
    task.status = 'FAILED';
    task.failureReason = 'AWS.SimpleQueueService.NonExistentQueue';
    return;
  }
  move(source, target, message, state, world);
  task.moved += 1;
  if (task.moved >= task.toMove) {
    task.status = 'COMPLETED';
    return;
  }
  const stepMs = 1000 / (task.perSecondMax ?? sqsQuotas.moveMessagesPerSecondMax);
  world.clock.at(world.clock.epochMs() + stepMs, () => runMoveTask(task, source, state, world));
}

/** A task that is being cancelled goes on until that is done. */
export function isActive({ status }: MoveTask): boolean {
  return status === 'RUNNING' || status === 'CANCELLING';
}

/** Deleting a queue takes its time: until it is noticed, what is moved there is moved into nothing. */
function isNoticedGone({ deletedMs }: Queue, world: World): boolean {
  return deletedMs !== undefined && world.clock.epochMs() >= deletedMs + sqsQuotas.deletionNoticeMs;
}

function nextMessage(source: Queue): Message | undefined {
  if (!source.isFifo) return takeReady(source, 1, () => 0);
  const head = takeReadyGroup(source);
  return head && readyOfGroup(source, head.groupId)[0];
}

/** A redriven message counts as newly sent: its receives start again. */
function move(source: Queue, target: Queue, message: Message, state: SqsState, world: World): void {
  const nowMs = world.clock.epochMs();
  remove(source, message);
  if (target.deletedMs !== undefined) return;
  message.ordinal = nextOrdinal(target);
  message.deadLetterSourceArn = undefined;
  message.receiveCount = 0;
  message.firstReceivedMs = undefined;
  message.enqueuedMs = nowMs;
  message.visibleAtMs = nowMs;
  store(target, message, nowMs);
  serve(target, state, world);
}
