import type { Base64, ReceiverId, SessionId, Subject } from './brand.ts';
import type { Profile } from './capability.ts';
import type { Clock } from './clock.ts';
import type { Choice, Settled } from './history.ts';
import type { Header, Input, KvEntry, OpName, Output } from './operations.ts';

/** A message as it came off the wire, before the recorder has matched it. */
export interface Received {
  readonly subject: Subject;
  readonly body: Base64;
  readonly headers?: readonly Header[];
  readonly reply?: Subject;
}

/** What a back end tells of its own accord. */
export type Notice =
  | { readonly kind: 'deliver'; readonly subscription: ReceiverId; readonly message: Received }
  | { readonly kind: 'execute'; readonly responder: ReceiverId; readonly message: Received }
  | { readonly kind: 'watch'; readonly watch: ReceiverId; readonly update: KvEntry | 'initial-done' };

/** The vocabulary, an operation a method. */
export type Methods = {
  readonly [N in OpName]: (input: Input<N>, options: { readonly signal: AbortSignal }) => Promise<Output<N>>;
};

export type Session = AsyncDisposable & Methods;

/** The vocabulary on one system. */
export interface Backend extends AsyncDisposable {
  readonly profile: Profile;
  readonly open: (
    id: SessionId,
    sink: (notice: Notice) => void,
    options: { readonly signal: AbortSignal; readonly echo?: boolean },
  ) => Promise<Session>;
  /** Waits until nothing more can come within the horizon. */
  readonly settle: (options: { readonly horizonMs: number; readonly signal: AbortSignal }) => Promise<Settled>;
}

/** What a world, an account or a prefix is made from. */
export interface RunId {
  /** Path of the scenario's file below `suites/`, without its ending: `queue-group/exclusive-delivery`. */
  readonly scenario: string;
  readonly profile: string;
  readonly seed: number | 'friendly';
}

/** One run's place on a target: a back end, its time, and what only the target can tell. */
export interface Stand extends AsyncDisposable {
  readonly backend: Backend;
  readonly clock: Clock;
  /** Lets time pass until `act` has ended; in real time it passes by itself. */
  readonly drive: <T>(act: Promise<T>) => Promise<T>;
  /** The choices that were not friendly, in the order in which they fell. */
  readonly choices: () => readonly Choice[];
  /** AWS requests so far: `sqs.SendMessage` → count. Empty for NATS. */
  readonly requests: () => Readonly<Record<string, number>>;
}

export interface Target {
  readonly name: string;
  readonly time: 'virtual' | 'real';
  readonly profiles: readonly string[];
  /** A call takes tens of milliseconds here: friendly runs, too, have the scenario's parameters for `slow` targets. */
  readonly slow?: true;
  readonly start: (options: {
    readonly run: RunId;
    /** Choices to replay; then the seed chooses nothing. */
    readonly replay?: readonly Choice[];
    /** How a seed's choices are spread, by its name; only a target that is explored knows any. */
    readonly strategy?: string;
    /** An act about scale makes so many calls that the target may take its shortest way. */
    readonly scale?: boolean;
    readonly signal: AbortSignal;
  }) => Promise<Stand>;
}
