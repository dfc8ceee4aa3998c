import type { Attributes } from './attribute-value.ts';
import type { OnDemandThroughput } from './generated/shapes.ts';
import type { KeyAttribute, KeySchema } from './key-schema.ts';
import type { SortedMap } from './sorted-map.ts';
import type { Stream } from './stream.ts';

export interface DynamoState {
  /** By name. */
  readonly tables: Map<string, Table>;
  /** By ARN; a stream outlives its table. */
  readonly streams: Map<string, Stream>;
  /** Of transactions, by client request token. */
  readonly tokens: Map<string, IdempotencyRecord>;
  readonly backups: Map<string, Backup>;
}

export interface IdempotencyRecord {
  /** What the token came with first; nothing changes it once it has been taken in. */
  readonly request: unknown;
  readonly tables: ReadonlySet<Table>;
  readonly expiresAtMs: number;
}

export interface Throughput {
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly nonKeyAttributes: readonly string[];
}

/** An item where it lies. Replaced whole, never changed. */
export interface StoredItem {
  readonly position: string;
  readonly item: Attributes;
  readonly bytes: number;
  /** How many times it has been written since it came to be. */
  readonly version: number;
}

export interface Index {
  readonly name: string;
  readonly scope: 'global' | 'local';
  readonly keySchema: KeySchema;
  readonly projection: Projection;
  /** By the index's own position and then the item's. */
  readonly entries: SortedMap<StoredItem>;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  backfilling: boolean;
  throughput: Throughput;
  warmThroughput: Throughput | undefined;
  bytes: number;
}

/** A write not long ago: what an eventually consistent read may not have seen yet. */
export interface RecentWrite {
  readonly position: string;
  /** The key, or an item that has it. */
  readonly key: Attributes;
  readonly before: StoredItem | undefined;
  readonly atMs: number;
  readonly version: number;
  readonly transactional: boolean;
}

export interface TimeToLive {
  readonly attributeName: string;
  /** Items by the time they are due, then by position. */
  readonly due: SortedMap<string>;
  /** The entry of an item in `due`, by position. */
  readonly entries: Map<string, string>;
  readonly expire: (position: string) => void;
  cancelTimer: (() => void) | undefined;
  timerDueMs: number;
}

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAtMs: number;
  readonly keySchema: KeySchema;
  attributeDefinitions: readonly KeyAttribute[];
  readonly items: SortedMap<StoredItem>;
  readonly indexes: Map<string, Index>;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';
  bytes: number;
  billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  onDemandSinceMs: number | undefined;
  throughput: Throughput;
  warmThroughput: Throughput | undefined;
  throughputDecreases: number;
  onDemandThroughput: OnDemandThroughput | undefined;
  deletionProtection: boolean;
  tableClass: string | undefined;
  encryption: Encryption | undefined;
  stream: Stream | undefined;
  timeToLive: TimeToLive | undefined;
  timeToLiveChangedAtMs: number | undefined;
  readonly tags: Map<string, string>;
  recovery: Recovery | undefined;
  /** Contributor insights of the table (under an empty name) and of its indexes. */
  readonly insights: Set<string>;
  policy: { readonly document: string; readonly revision: string } | undefined;
  /** Regions that hold copies of it. */
  readonly replicas: Set<string>;
  readonly recentWrites: RecentWrite[];
}

/** Point-in-time recovery: since when, for how many days, and every change since, oldest first. */
export interface Recovery {
  readonly sinceMs: number;
  readonly days: number;
  readonly changes: { readonly atMs: number; readonly position: string; readonly before: StoredItem | undefined }[];
}

export interface Encryption {
  readonly keyArn: string;
  readonly status: 'ENABLED' | 'UPDATING';
  /** What it will be once the table has been updated. */
  readonly next?: Encryption | undefined;
}

export interface Backup {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly bytes: number;
  readonly table: BackupSource;
  readonly items: readonly StoredItem[];
}

/** What a restore needs to know of the table. */
export type BackupSource = Pick<
  Table,
  'name' | 'arn' | 'id' | 'createdAtMs' | 'keySchema' | 'attributeDefinitions' | 'billingMode' | 'throughput' | 'bytes'
> & { readonly itemCount: number; readonly indexes: readonly Index[] };
