import type { Heap } from '../heap.ts';
import type { Text } from '../late-text.ts';
import type { MessageAttributeValue } from './generated/shapes.ts';

/** The queues of one account in one Region, by name. */
export interface SqsState {
  readonly queues: Map<string, Queue>;
  /** How often a queue of the name was made. */
  readonly made: Map<string, number>;
  /** When queues that are no more were deleted. */
  readonly deleted: Map<string, number>;
  readonly moveTasks: MoveTask[];
  /** The queues of another account in the same Region, where the emulator knows it. */
  readonly ofAccount: (accountId: string) => SqsState | undefined;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  /** Tells a queue from an earlier one of the same name. */
  readonly incarnation: number;
  readonly isFifo: boolean;
  readonly createdMs: number;
  modifiedMs: number;
  /** Those that were set, and the defaults of those that always have a value. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Everything the queue holds, by message id. */
  readonly messages: Map<string, Message>;
  readonly counts: Record<Standing, number>;
  /** Of a standard queue; some may have gone since. */
  readonly ready: Heap<Ready>;
  /** Of a FIFO queue. */
  readonly groups: Map<string, Message[]>;
  readonly readyGroups: Heap<GroupHead>;
  /** Messages that become available by themselves, by due time; some entries may be outdated. */
  readonly hidden: Heap<Hidden>;
  readonly pollers: Poller[];
  timer: { readonly dueMs: number; readonly cancel: () => void } | undefined;
  readonly deduplication: Map<string, Deduplicated>;
  /** What de-duplication goes by; a change takes its time to arrive. */
  deduplicationScope: 'queue' | 'messageGroup';
  readonly receiveAttempts: Map<string, ReceiveAttempt>;
  lastPurgeMs: number | undefined;
  /** When it was deleted. */
  deletedMs: number | undefined;
  /** What choices about it are keyed by: its name, with its Region and how often it was made anew where that matters. */
  readonly key: string;
  readonly ordinals: Record<'sent' | 'received', number>;
  /** How often it was called, by kind. */
  readonly calls: Map<string, number>;
}

/** How often a queue was called in this way before, for the keys of choices. */
export function nextCall(queue: Queue, kind: string): number {
  const ordinal = queue.calls.get(kind) ?? 0;
  queue.calls.set(kind, ordinal + 1);
  return ordinal;
}

export type Standing = 'ready' | 'delayed' | 'in-flight';

export interface Message {
  readonly id: string;
  /** Its text once it was read. */
  body: Text;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly senderId: string;
  readonly traceHeader: string | undefined;
  readonly sentMs: number;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  /** Place among the messages of the queue it is in. */
  ordinal: number;
  standing: Standing | 'gone';
  /** From when on its retention counts. */
  enqueuedMs: number;
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedMs: number | undefined;
  /** Start of the present lease; the cap of 12 hours counts from it. */
  leasedMs: number;
  deadLetterSourceArn: string | undefined;
}

export interface Ready {
  readonly message: Message;
  /** A lower one is received earlier. */
  readonly rank: number;
}

export interface GroupHead {
  readonly groupId: string;
  readonly message: Message;
  readonly visibleAtMs: number;
}

export interface Hidden {
  readonly message: Message;
  readonly dueMs: number;
}

export interface Poller {
  readonly limit: number;
  readonly visibilityMs: number;
  readonly attemptId: string | undefined;
  readonly resume: (messages: readonly Message[]) => void;
}

export interface Deduplicated {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly expiresMs: number;
}

export interface ReceiveAttempt {
  readonly messages: readonly Message[];
  readonly receiveCounts: readonly number[];
  readonly expiresMs: number;
}

export type MoveStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';

/** A redrive: the messages of a dead-letter queue go to another queue, or back to where they came from. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Absent: each message goes back to where it came from. */
  readonly destination: Queue | undefined;
  readonly perSecondMax: number | undefined;
  readonly startedMs: number;
  readonly toMove: number;
  moved: number;
  status: MoveStatus;
  failureReason: string | undefined;
}
