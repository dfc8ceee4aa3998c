import type { MessageId, ReceiverId, SessionId, Subject, SubjectPattern } from './brand.ts';
import type { Capability } from './capability.ts';
import type { Checker } from './checker.ts';
import type { Input, OpName, Output } from './operations.ts';

/** MUST: an application breaks without it. SHOULD, MAY: it notices. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** One behaviour of the catalogue, judged on the history of its scenario's act. */
export interface Row {
  /** As in the catalogue: `QG-001`. */
  readonly id: string;
  readonly level: Level;
  /** The page that promises it. */
  readonly source: string;
  readonly requires: readonly [Capability, ...Capability[]];
  readonly checks: readonly [Checker, ...Checker[]];
}

/** The document's own subject families; `other` where a row is about subjects outside them. */
export type Family = 'agent' | 'work' | 'coord' | 'broadcast' | 'other';

/** What the recorder fills in itself. */
type Stamped = 'id' | 'subscription' | 'responder' | 'watch';
type Own<N extends OpName> = Omit<Input<N>, Stamped | ('body' extends keyof Input<N> ? 'body' : never)> &
  Partial<Pick<Input<N>, Extract<keyof Input<N>, 'body'>>>;

/**
 * A session as a scenario sees it: each call is recorded. A call that fails resolves to `undefined` (the history has
 * the error); only a bug rejects. `subscribe`, `respond` and `kv.watch` resolve to the receiver's id.
 */
export type Actor = {
  readonly id: SessionId;
} & {
  readonly [N in Exclude<OpName, 'subscribe' | 'unsubscribe' | 'respond' | 'kv.watch' | 'kv.unwatch' | 'publish'>]: (
    input: Own<N>,
  ) => Promise<Output<N> | undefined>;
} & {
  readonly publish: (input: Own<'publish'>) => Promise<MessageId>;
  readonly subscribe: (input: Own<'subscribe'>) => Promise<ReceiverId>;
  readonly unsubscribe: (input: Input<'unsubscribe'>) => Promise<void>;
  readonly respond: (input: Own<'respond'>) => Promise<ReceiverId>;
  readonly 'kv.watch': (input: Own<'kv.watch'>) => Promise<ReceiverId>;
  readonly 'kv.unwatch': (input: Input<'kv.unwatch'>) => Promise<void>;
};

/** What an act is played on. */
export interface Stage<P> {
  readonly parameters: P;
  /** A subject of the family, unique to the run in a token that the document's mapping keeps. */
  readonly subject: (family: Family, name: string) => Subject;
  /** The subject with more tokens or wildcards after it. */
  readonly pattern: (subject: Subject, ...tokens: readonly string[]) => SubjectPattern;
  readonly open: (name: string, options?: { readonly echo?: boolean }) => Promise<Actor>;
  readonly settle: () => Promise<void>;
  /** On the run's clock. */
  readonly sleep: (ms: number) => Promise<void>;
  /** In [0, 1), from the run's seed. */
  readonly random: () => number;
}

/** One act and the rows it serves. `run` acts and never asserts. */
export interface Scenario<P = unknown> {
  readonly title: string;
  readonly rows: readonly [Row, ...Row[]];
  readonly parameters: P;
  /** For adverse schedules: at least 20 application operations and 3 sessions, and no check vacuous. */
  readonly small: P;
  /** How far `settle` looks ahead on a virtual clock; 15 minutes where absent. */
  readonly horizonMs?: number;
  readonly tags?: readonly ('scale' | 'latency')[];
  readonly run: (stage: Stage<P>) => Promise<void>;
}
