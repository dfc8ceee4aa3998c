import type { Base64, MessageId, Nanos, OpId, ReceiverId, SessionId, Subject } from './brand.ts';
import type { Call, Header, KvEntry } from './operations.ts';

/** A message as a receiver got it. `id` is `null` where its bytes match nothing that was published. */
export interface Message {
  readonly id: MessageId | null;
  readonly subject: Subject;
  readonly body: Base64;
  readonly headers?: readonly Header[];
  readonly reply?: Subject;
}

interface At {
  readonly at: Nanos;
  readonly session: SessionId;
}

/** One line of a history file after its first. */
export type HistoryEvent =
  | (At & { readonly kind: 'invoke'; readonly op: OpId; readonly call: Call })
  /** It happened. */
  | (At & { readonly kind: 'ok'; readonly op: OpId; readonly output: unknown })
  /** It definitely did not happen. */
  | (At & { readonly kind: 'fail'; readonly op: OpId; readonly error: string })
  /** It may have happened. */
  | (At & { readonly kind: 'info'; readonly op: OpId; readonly error: string })
  | (At & { readonly kind: 'deliver'; readonly subscription: ReceiverId; readonly message: Message })
  /** A responder executed a request. */
  | (At & { readonly kind: 'execute'; readonly responder: ReceiverId; readonly message: Message })
  | (At & { readonly kind: 'watch'; readonly watch: ReceiverId; readonly update: KvEntry | 'initial-done' })
  | ({ readonly at: Nanos; readonly kind: 'settled' } & Settled);

/** How a wait for all that may still come has ended. */
export interface Settled {
  /** `false`: the wait ran out, and absence proves nothing. */
  readonly complete: boolean;
  /** Where something was due later than the run looks ahead: how far it looked, in milliseconds. */
  readonly horizonMs?: number;
}

/** A choice that was not the friendly one: the permission, what it was keyed by, and the option taken. */
export interface Choice {
  readonly point: string;
  readonly key: string;
  readonly option: number;
}

/** What NATS was observed to do: row id → observation → normalised word. */
export type Reference = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The first line of a history file; `check` needs nothing else beside the events. */
export interface HistoryHeader {
  readonly schema: 1;
  readonly scenario: string;
  readonly rows: readonly string[];
  readonly target: string;
  readonly profile: string;
  readonly parameters: unknown;
  /** `friendly`, or the seed of an adverse schedule. */
  readonly seed: number | 'friendly';
  readonly choices: readonly Choice[];
  readonly versions: Readonly<Record<string, string>>;
  readonly reference: Reference;
}

export interface History {
  readonly header: HistoryHeader;
  readonly events: readonly HistoryEvent[];
}
