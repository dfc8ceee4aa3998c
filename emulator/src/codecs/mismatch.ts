import type { Shape } from '../model.ts';

/** What a wire value is, as far as serialisation errors tell kinds apart. */
export type WireKind = 'null' | 'true' | 'false' | 'number' | 'decimal' | 'string' | 'list' | 'map';

/** A wire value that is not of the type its shape asks for. */
export interface Mismatch {
  readonly expected: Shape['type'];
  readonly shape: string;
  readonly found: WireKind;
  readonly value: unknown;
}

/** Thrown by a codec; turned into the service's own error at the door. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError';
  readonly mismatch: Mismatch;

  constructor(mismatch: Mismatch) {
    super(`'${mismatch.shape}' is ${mismatch.found}, not ${mismatch.expected}`);
    this.mismatch = mismatch;
  }
}

export function wireKind(value: unknown): WireKind {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return Number.isInteger(value) ? 'number' : 'decimal';
  if (typeof value === 'string') return 'string';
  return Array.isArray(value) ? 'list' : 'map';
}

const javaTypes: Readonly<Record<string, string>> = {
  integer: 'Integer',
  long: 'Long',
  float: 'Float',
  double: 'Double',
  string: 'String',
  boolean: 'Boolean',
};

/**
 * What AWS's JSON services answer to a value of the wrong type. No page lists these sentences; they are those that
 * DynamoDB, SQS and EventBridge were seen to give.
 */
export function mismatchMessage({ expected, found }: Mismatch): string {
  const type = javaTypes[expected];
  if (expected === 'blob') {
    return found === 'string'
      ? 'only base-64-encoded strings are convertible to bytes'
      : 'only base-64-encoded strings are convertible to bytes';
  }
  if (found === 'map') return 'Start of structure or map found where not expected.';
  if (found === 'list')
    return type === undefined
      ? 'Start of list found where not expected'
      : `Unrecognized collection type class java.lang.${type}`;
  if (expected === 'structure') return 'Unexpected value type in payload';
  if (expected === 'list' || expected === 'map') return 'Unexpected field type';
  if (expected === 'boolean') return 'Unexpected token received from parser';
  const token = { null: 'NULL', true: 'TRUE', false: 'FALSE', number: 'NUMBER', decimal: 'DECIMAL', string: 'STRING' }[
    found
  ];
  return `${token}_VALUE can not be converted to ${article(type ?? expected)}`;
}

function article(type: string): string {
  return /^[AEIOU]/.test(type) ? `an ${type}` : `a ${type}`;
}
