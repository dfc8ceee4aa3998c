import type { Baseline } from '#core';
import type { NatsAccess } from '../../fixtures/nats-server.ts';
import type { ConformanceOptions } from '../options.ts';

/** What the global setup started, as plain data for the workers. */
export interface Provided {
  /** The project's folder. */
  readonly root: string;
  /** Where histories wait until the report is written. */
  readonly staging: string;
  readonly options: ConformanceOptions;
  readonly nats: NatsPlace;
  readonly aws: AwsPlace;
  /** The channel of the thread that plays on NATS; each cell plays for itself where there is none. */
  readonly natsRuns?: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly baseline?: Baseline;
}

/** The NATS server of the run, or why there is none. */
export type NatsPlace =
  | { readonly kind: 'server'; readonly access: NatsAccess }
  | { readonly kind: 'none'; readonly reason: string };

/** Where AWS stands, or why it does not. `name` is that of its cells and of its baseline. */
export type AwsPlace =
  | { readonly kind: 'embedded'; readonly name: 'embedded' }
  | {
      readonly kind: 'url';
      readonly name: string;
      readonly url: string;
      readonly version: string;
      /** What this installation was probed for and lacks: probe → its own words. */
      readonly lacks: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'none'; readonly name: string; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    parallax: Provided;
  }
}
