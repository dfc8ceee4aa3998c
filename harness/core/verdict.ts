/** Figures a checker gathered on its way: counts, percentages, never vendor text. */
export type Facts = Readonly<Record<string, number | string>>;

/** How an observation that is unlike NATS's compares with it; `different` where the checker names neither. */
export type Direction = 'stronger' | 'weaker' | 'different';

/** What was seen, as a normalised word; `unlike` says which way another word differs from NATS's. */
export interface Observation {
  readonly word: string;
  readonly unlike?: Direction;
}

/** One thing that went wrong, with the events that show it as indexes into the history. */
export interface Anomaly {
  /** The field's word: `lost`, `duplicated`, `reordered`, … */
  readonly kind: string;
  readonly message: string;
  readonly evidence: readonly [number, ...number[]];
}

export type Verdict = { readonly facts: Facts; readonly observations?: Readonly<Record<string, Observation>> } & (
  | { readonly valid: true }
  | { readonly valid: false; readonly anomalies: readonly [Anomaly, ...Anomaly[]] }
  /** `vacuous`: only because nothing was compared; one schedule among others that compared nothing says nothing. */
  | { readonly valid: 'unknown'; readonly reason: string; readonly vacuous?: true }
);

export function isNonEmpty<T>(items: readonly T[]): items is readonly [T, ...T[]] {
  return items.length > 0;
}
