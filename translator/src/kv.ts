/** Set when the bucket is made; later openers get what is there. */
export interface KvOptions {
  /** Values kept per key, 1 (the default) to 64. */
  readonly history?: number;
  /** Every value expires so long after it was written. */
  readonly ttlMs?: number;
  /** Markers of expiry are kept so long; watchers see expiries only with it. */
  readonly markerTtlMs?: number;
}

export interface KvEntry {
  readonly key: string;
  readonly value: Uint8Array;
  /** `null` where the profile keeps no revisions. */
  readonly revision: number | null;
  readonly operation: 'PUT' | 'DEL' | 'PURGE';
}

export interface KvWatchOptions {
  /** Key filters with `*` and `>`; all keys where absent. */
  readonly filters?: readonly string[];
  /** What comes before live updates; `latest` is the default. */
  readonly include?: 'latest' | 'history' | 'updates';
  /** Leaves out what was deleted; what was purged is told, as by the NATS client. */
  readonly ignoreDeletes?: boolean;
  /** Entries come with an empty value. */
  readonly metaOnly?: boolean;
  readonly resumeFromRevision?: number;
  /**
   * Called in the order of revisions; `initial-done` once, after what was there when the watch began, unless the watch
   * is of updates alone.
   */
  readonly onUpdate: (update: KvEntry | 'initial-done') => void;
}

export interface KvWatch {
  readonly stop: () => Promise<void>;
}

/** A bucket of keys with revisions. */
export interface Kv {
  readonly put: (key: string, value: Uint8Array) => Promise<number | null>;
  /** `null` where the key is missing, deleted or expired. */
  readonly get: (key: string) => Promise<KvEntry | null>;
  /** @throws WrongRevisionError where the key exists. */
  readonly create: (key: string, value: Uint8Array, options?: { readonly ttlMs?: number }) => Promise<number | null>;
  /** @throws WrongRevisionError where the key's revision is another. */
  readonly update: (key: string, value: Uint8Array, revision: number) => Promise<number | null>;
  readonly delete: (key: string, options?: { readonly revision?: number }) => Promise<void>;
  readonly purge: (key: string, options?: { readonly ttlMs?: number }) => Promise<void>;
  /** Oldest first. */
  readonly history: (key: string) => Promise<readonly KvEntry[]>;
  /** Keys that hold a value, sorted. */
  readonly keys: (options?: { readonly filters?: readonly string[] }) => Promise<readonly string[]>;
  readonly watch: (options: KvWatchOptions) => Promise<KvWatch>;
}
