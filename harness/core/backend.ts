import type { Base64, ReceiverId, SessionId, Subject } from './brand.ts';
import type { Profile } from './capability.ts';
import type { Clock } from './clock.ts';
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
  /** Waits until nothing more can come within the horizon; `false`: absence proves nothing. */
  readonly settle: (options: { readonly horizonMs: number; readonly signal: AbortSignal }) => Promise<boolean>;
}

/** What a world, an account or a prefix is made from. */
export interface RunId {
  readonly scenario: string;
  readonly profile: string;
  readonly seed: number | 'friendly';
}

export interface Target {
  readonly name: string;
  readonly start: (options: {
    readonly run: RunId;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  }) => Promise<Backend>;
}
