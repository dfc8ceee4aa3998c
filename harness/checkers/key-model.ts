import type { Base64, KvEntry } from '#core';
import type { Model } from './linearizability.ts';

/** One key of a bucket. A revision that nobody was told is one above `revision`. */
export interface KeyState {
  /** `null`: never written, deleted or purged. */
  readonly value: Base64 | null;
  readonly revision: number;
  readonly told: boolean;
}

/** What a call did to its key, or saw of it. */
export type KeyOperation =
  /** `expected`: `absent` or a revision the key must have; `revision`: the one it got, `null` where nobody was told. */
  | {
      readonly kind: 'write';
      readonly value: Base64 | null;
      readonly expected?: number | 'absent';
      readonly revision: number | null;
    }
  /** A write was turned away because of the key's revision. */
  | { readonly kind: 'conflict'; readonly expected: number | 'absent' }
  | { readonly kind: 'read'; readonly entry: KvEntry | null };

/**
 * A key with compare-and-set. Revisions of one key only grow, so one that nobody was told is above the last known.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export const keyModel: Model<KeyState, KeyOperation> = {
  init: { value: null, revision: 0, told: true },
  key: ({ value, revision, told }) => `${told ? '=' : '>'}${revision} ${value ?? '-'}`,
  step(state, operation) {
    switch (operation.kind) {
      case 'write': {
        const { value, expected, revision } = operation;
        if (expected !== undefined && !canBe(state, expected)) return undefined;
        return revision === null
          ? { value, revision: lowest(state, expected), told: false }
          : { value, revision, told: true };
      }
      case 'conflict':
        return canBeOther(state, operation.expected) ? state : undefined;
      case 'read':
        return read(state, operation.entry);
      default:
        return operation satisfies never;
    }
  },
};

function canBe({ value, revision, told }: KeyState, expected: number | 'absent'): boolean {
  if (expected === 'absent') return value === null;
  return told ? revision === expected : expected > revision;
}

function canBeOther({ value, revision, told }: KeyState, expected: number | 'absent'): boolean {
  if (expected === 'absent') return value !== null;
  return !told || revision !== expected;
}

function lowest({ revision }: KeyState, expected: number | 'absent' | undefined): number {
  return typeof expected === 'number' ? Math.max(revision, expected) : revision;
}

function read(state: KeyState, entry: KvEntry | null): KeyState | undefined {
  if (entry === null || entry.operation !== 'PUT') return state.value === null ? state : undefined;
  if (state.value !== entry.value) return undefined;
  if (entry.revision === null) return state;
  return canBe(state, entry.revision) ? { ...state, revision: entry.revision, told: true } : undefined;
}
