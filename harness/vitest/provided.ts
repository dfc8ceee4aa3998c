import type { Baseline } from '#core';
import type { NatsAccess } from '../../fixtures/nats-server.ts';
import type { ConformanceOptions } from '../options.ts';

/** What the global setup started, as plain data for the workers. */
export interface Provided {
  readonly options: ConformanceOptions;
  readonly nats: NatsPlace;
  readonly aws: AwsPlace;
  readonly versions: Readonly<Record<string, string>>;
  /** Absent: nothing is compared, or every cell is expected to be `same`. */
  readonly baseline?: Baseline;
}

/** The NATS server of the run, or why there is none. */
export type NatsPlace =
  | { readonly kind: 'server'; readonly access: NatsAccess }
  | { readonly kind: 'none'; readonly reason: string };

/** Where AWS stands, or why it does not. `name` is that of its cells and of its baseline. */
export type AwsPlace =
  | { readonly kind: 'embedded'; readonly name: 'embedded' }
  | { readonly kind: 'url'; readonly name: string; readonly url: string; readonly version: string }
  | { readonly kind: 'none'; readonly name: string; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    parallax: Provided;
  }
}
