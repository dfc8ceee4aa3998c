import type { Base64, MessageId, ReceiverId, SessionId, Subject } from './brand.ts';
import type { Capability } from './capability.ts';
import type { Checker } from './checker.ts';
import type { Input, KvWatch, OpName, Output, Reply } from './operations.ts';

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

/** An input without what the recorder fills in; a body may be left out, and is then the message's id. */
type Own<N extends OpName> = Omit<Input<N>, 'id' | 'subscription' | 'responder' | 'watch' | 'body'> & {
  readonly body?: Base64;
};

/** Operations that an actor offers just as the vocabulary has them. */
export type PlainOp = Exclude<
  OpName,
  'publish' | 'subscribe' | 'unsubscribe' | 'request' | 'request-many' | 'respond' | 'kv.watch' | 'kv.unwatch'
>;

/**
 * A session as a scenario sees it: each call is recorded. A call that fails resolves to `undefined` (the history has
 * the error); only a bug rejects. What receives resolves to its id.
 */
export type Actor = {
  readonly id: SessionId;
  readonly publish: (input: Own<'publish'>) => Promise<MessageId>;
  readonly subscribe: (input: Own<'subscribe'>) => Promise<ReceiverId>;
  readonly unsubscribe: (input: Input<'unsubscribe'>) => Promise<void>;
  readonly request: (input: Own<'request'>) => Promise<Reply | undefined>;
  readonly requestMany: (input: Own<'request-many'>) => Promise<readonly Reply[] | undefined>;
  readonly respond: (input: Own<'respond'>) => Promise<ReceiverId>;
  readonly watch: (input: Omit<KvWatch, 'watch'>) => Promise<ReceiverId>;
  readonly unwatch: (input: Input<'kv.unwatch'>) => Promise<void>;
} & {
  readonly [N in PlainOp]: (
    ...input: Record<string, never> extends Input<N> ? [] : [Input<N>]
  ) => Promise<Output<N> | undefined>;
};

/** What an act is played on. */
export interface Stage<P> {
  readonly parameters: P;
  /** A subject of the family, unique to the run in a token that the document's mapping keeps. */
  readonly subject: (family: Family, name: string) => Subject;
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
  /** For targets that take tens of milliseconds a call, friendly and adverse, where what is `small` leaves them too little time. */
  readonly slow?: P;
  /** How far `settle` looks ahead on a virtual clock; 15 minutes where absent. */
  readonly horizonMs?: number;
  /** How much of the run's own time the act and its settling need; in real time a long one is not run. 10 seconds where absent. */
  readonly needsMs?: number;
  readonly tags?: readonly 'scale'[];
  /** A method, so that scenarios of any parameters are one type: a runner hands back `parameters` or `small` itself. */
  run(stage: Stage<P>): Promise<void>;
}

/** What `scenario` hands over to whoever collects: the definition, and where it stands (an error whose stack says so). */
export type Collector = (definition: Scenario, definedAt: Error) => void;

let collector: Collector | undefined;

/** Installs the collector of this process, or takes it away again. */
export function installCollector(collect: Collector | undefined): void {
  collector = collect;
}

/** Defines a scenario: the default export of its file. Without a collector it is plain data. */
export function scenario<P>(definition: Scenario<P>): Scenario {
  collector?.(definition, new Error(`scenario '${definition.title}'`));
  return definition;
}

/** 0, 1, … `count - 1`. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
