import { UsageError } from '#core';
import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';

/** The mapping behind a module's exports: `encode`, `decode` and `rule`, by name or as one default export. */
export function parseMapping(exports: unknown, name: string): SubjectMapping {
  const found = [exports, property(exports, 'default')].find((one) => typeof property(one, 'encode') === 'function');
  const encode = callable(found, 'encode', name);
  const decode = callable(found, 'decode', name);
  const rule = callable(found, 'rule', name);
  return {
    encode: (subject) => parseEntry(encode(subject), name, subject),
    decode: (entry) => {
      const subject = decode(entry);
      if (typeof subject === 'string') return subject;
      throw new MappingShapeError(`mapping '${name}': decode returned ${describe(subject)}, expected a string`);
    },
    rule: (pattern) => parseRule(rule(pattern), name, pattern),
    receiverFilters: property(found, 'receiverFilters') === true,
  };
}

/** A mapping that answers something that is no entry, no subject or no rule at all. */
export class MappingShapeError extends UsageError {}

function property(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}

function callable(found: unknown, key: string, name: string): (argument: unknown) => unknown {
  const value = property(found, key);
  if (typeof value !== 'function')
    throw new UsageError(`mapping '${name}' has no function '${key}': expected encode, decode and rule`);
  return (argument) => {
    const answer: unknown = Reflect.apply(value, found, [argument]);
    return answer;
  };
}

/** As it arrives: what JSON does not carry is gone. */
function parseEntry(value: unknown, name: string, subject: string): EventEntry {
  const wire = throughJson(value);
  const [source, detailType, detail] = ['source', 'detailType', 'detail'].map((key) => property(wire, key));
  if (typeof source === 'string' && typeof detailType === 'string' && isRecord(detail))
    return { source, detailType, detail };
  throw new MappingShapeError(
    `mapping '${name}': encode('${subject}') returned ${describe(value)}, expected { source, detailType, detail }`,
  );
}

function parseRule(value: unknown, name: string, pattern: string): EventPattern {
  const wire = throughJson(value);
  if (isRecord(wire)) return wire;
  throw new MappingShapeError(
    `mapping '${name}': rule('${pattern}') returned ${describe(value)}, expected an event pattern`,
  );
}

function throughJson(value: unknown): unknown {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value instanceof Promise) return 'a promise';
  try {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
  } catch {
    return 'what is no JSON';
  }
}
