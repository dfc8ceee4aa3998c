import { isRecord } from '../codecs/json.ts';
import type { Invocation, Outcome } from './environment.ts';

/** What a function's thread starts with. */
export interface ThreadData {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly seed: number;
}

export type ToThread =
  | { readonly kind: 'open'; readonly environment: number; readonly logStream: string }
  | { readonly kind: 'invoke'; readonly environment: number; readonly event: string; readonly invocation: Invocation }
  | { readonly kind: 'kill'; readonly environment: number }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: Answer };

export type FromThread =
  | { readonly kind: 'outcome'; readonly environment: number; readonly outcome: Outcome }
  | { readonly kind: 'killed'; readonly environment: number }
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly service: string;
      readonly operation: string;
      readonly input: object;
    };

/** What a call of the code's AWS client came to; an error by its members, since errors lose theirs between threads. */
export type Answer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly message: string; readonly members: Readonly<Record<string, unknown>> };

/** Only the two sides of one thread talk here: the kind says it all. */
export function isToThread(value: unknown): value is ToThread {
  return isRecord(value) && typeof value['kind'] === 'string';
}

export function isFromThread(value: unknown): value is FromThread {
  return isRecord(value) && typeof value['kind'] === 'string';
}

export function isThreadData(value: unknown): value is ThreadData {
  return isRecord(value) && value['files'] instanceof Map;
}
