import { createHeap } from '../heap.ts';
import type { World } from '../service.ts';
import { dismissPollers } from './availability.ts';
import { defaultAttributes, defaultFifoAttributes } from './queue-attributes.ts';
import type { AttributeChanges } from './queue-attributes.ts';
import { isEarlierGroup, isEarlierHidden, isEarlierReady, removeAll } from './storage.ts';
import type { Queue } from './state.ts';

export function createQueue(
  {
    name,
    arn,
    isFifo,
    generation,
  }: { readonly name: string; readonly arn: string; readonly isFifo: boolean; readonly generation: number },
  attributes: AttributeChanges,
  tags: Readonly<Record<string, string>>,
  world: World,
): Queue {
  const nowMs = world.clock.epochMs();
  const queue: Queue = {
    name,
    arn,
    accountId: world.accountId,
    incarnation: Math.floor(world.random() * 2 ** 32),
    isFifo,
    createdMs: nowMs,
    modifiedMs: nowMs,
    attributes: new Map(Object.entries({ ...defaultAttributes, ...(isFifo ? defaultFifoAttributes : {}) })),
    tags: new Map(Object.entries(tags)),
    messages: new Map(),
    counts: { ready: 0, delayed: 0, 'in-flight': 0 },
    ready: createHeap(isEarlierReady),
    groups: new Map(),
    readyGroups: createHeap(isEarlierGroup),
    hidden: createHeap(isEarlierHidden),
    pollers: [],
    timer: undefined,
    deduplication: new Map(),
    deduplicationScope: 'queue',
    receiveAttempts: new Map(),
    lastPurgeMs: undefined,
    deletedMs: undefined,
    key: `${world.region === 'us-east-1' ? '' : `${world.region}:`}${name}${generation === 0 ? '' : `~${generation}`}`,
    ordinals: { sent: 0, received: 0 },
    calls: new Map(),
  };
  changeAttributes(queue, attributes);
  applyDeduplicationScope(queue);
  return queue;
}

/** Sets what was checked; an empty value takes a policy or a key away. */
export function changeAttributes(queue: Queue, attributes: AttributeChanges): void {
  for (const [name, value] of attributes) {
    if (value === '') queue.attributes.delete(name);
    else queue.attributes.set(name, value);
  }
  if (attributes.get('KmsMasterKeyId') === '') queue.attributes.delete('KmsDataKeyReusePeriodSeconds');
  if (attributes.get('KmsMasterKeyId')) queue.attributes.set('SqsManagedSseEnabled', 'false');
  if (attributes.get('SqsManagedSseEnabled') === 'true') {
    queue.attributes.delete('KmsMasterKeyId');
    queue.attributes.delete('KmsDataKeyReusePeriodSeconds');
  }
}

export function applyDeduplicationScope(queue: Queue): void {
  queue.deduplicationScope = queue.attributes.get('DeduplicationScope') === 'messageGroup' ? 'messageGroup' : 'queue';
}

export function deleteQueue(queue: Queue, nowMs: number): void {
  queue.deletedMs = nowMs;
  removeAll(queue);
  dismissPollers(queue);
}
