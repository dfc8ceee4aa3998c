import type { Baseline } from '#core';
import type { ConformanceOptions } from '../options.ts';

/** What the global setup started, as plain data for the workers. */
export interface Provided {
  readonly options: ConformanceOptions;
  readonly nats: NatsPlace;
  readonly aws: AwsPlace;
  readonly versions: Readonly<Record<string, string>>;
  /** Absent: every cell is expected to be `same`, or nothing is compared. */
  readonly baseline?: Baseline;
}

/** The NATS server of the run, or why there is none. */
export type NatsPlace =
  | {
      readonly kind: 'server';
      readonly url: string;
      /** By scenario id; empty on a server of the user's. */
      readonly accounts: Readonly<Record<string, { readonly user: string; readonly pass: string }>>;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Where AWS stands. */
export type AwsPlace =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'url'; readonly name: string; readonly url: string }
  | { readonly kind: 'none'; readonly name: string; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    parallax: Provided;
  }
}
