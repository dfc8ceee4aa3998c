import type { AttributeValue } from '../attribute-value.ts';
import { parseAttributeValue } from '../attribute-value.ts';
import { invalid } from '../invalid.ts';
import type { WireAttributes } from '../wire.ts';

/** What `#name` and `:value` stand for in a request's expressions, and which of them were used. */
export interface Placeholders {
  readonly name: (placeholder: string) => string | undefined;
  readonly value: (placeholder: string) => AttributeValue | undefined;
  /** Throws ValidationException where one was given and never used. */
  readonly requireUse: () => void;
}

/** Throws ValidationException where a placeholder or a value is malformed. */
export function placeholders(
  names: Readonly<Record<string, string>> | undefined,
  values: WireAttributes | undefined,
): Placeholders {
  const nameOf = parseNames(names);
  const valueOf = parseValues(values);
  const used = new Set<string>();
  return {
    name(placeholder) {
      used.add(placeholder);
      return nameOf.get(placeholder);
    },
    value(placeholder) {
      used.add(placeholder);
      return valueOf.get(placeholder);
    },
    requireUse() {
      requireUse('ExpressionAttributeNames', nameOf, used);
      requireUse('ExpressionAttributeValues', valueOf, used);
    },
  };
}

function parseNames(names: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  if (names === undefined) return new Map();
  const entries = Object.entries(names);
  if (entries.length === 0) throw invalid('ExpressionAttributeNames must not be empty');
  for (const [placeholder] of entries) {
    if (!/^#[A-Za-z0-9_]+$/.test(placeholder)) {
      throw invalid(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${placeholder}"`);
    }
  }
  return new Map(entries);
}

function parseValues(values: WireAttributes | undefined): ReadonlyMap<string, AttributeValue> {
  const parsed = new Map<string, AttributeValue>();
  if (values === undefined) return parsed;
  const entries = Object.entries(values);
  if (entries.length === 0) throw invalid('ExpressionAttributeValues must not be empty');
  for (const [placeholder] of entries) {
    if (!/^:[A-Za-z0-9_]+$/.test(placeholder)) {
      throw invalid(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${placeholder}"`);
    }
  }
  for (const [placeholder, value] of entries) parsed.set(placeholder, parseValue(placeholder, value));
  return parsed;
}

function parseValue(placeholder: string, value: WireAttributes[string]): AttributeValue {
  try {
    return parseAttributeValue(value);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`);
  }
}

function requireUse(parameter: string, given: ReadonlyMap<string, unknown>, used: ReadonlySet<string>): void {
  if (given.size === 0) return;
  const unused = [...given.keys()].filter((placeholder) => !used.has(placeholder));
  if (unused.length > 0) {
    throw invalid(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}
