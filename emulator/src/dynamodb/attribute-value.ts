import { putOwn } from '../codecs/json.ts';
import { normalizeNumber } from './decimal.ts';
import { invalid, invalidParameter } from './invalid.ts';
import type { WireAttributes, WireAttributeValue } from './wire.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * An attribute value inside the service: checked, numbers normalised, never mutated, so that versions share what they
 * have in common.
 */
export type AttributeValue =
  | { readonly type: 'S'; readonly value: string }
  | { readonly type: 'N'; readonly value: string }
  | { readonly type: 'B'; readonly value: Uint8Array }
  | { readonly type: 'BOOL'; readonly value: boolean }
  | { readonly type: 'NULL'; readonly value: true }
  | { readonly type: 'M'; readonly value: Attributes }
  | { readonly type: 'L'; readonly value: readonly AttributeValue[] }
  | SetValue;

export type SetValue =
  | { readonly type: 'SS'; readonly value: readonly string[] }
  | { readonly type: 'NS'; readonly value: readonly string[] }
  | { readonly type: 'BS'; readonly value: readonly Uint8Array[] };

export type AttributeType = AttributeValue['type'];

/** An item, or a map inside one. Read it with `attribute`: a name may be `constructor` or `__proto__`. */
export interface Attributes {
  readonly [name: string]: AttributeValue;
}

const WIRE_TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const;

export function attribute(attributes: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** Collects attributes under any name, `__proto__` too. */
export function attributesFrom(entries: Iterable<readonly [string, AttributeValue]>): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of entries) putOwn(attributes, name, value);
  return attributes;
}

/** A copy with one attribute set, or without it. */
export function withAttribute(item: Attributes, name: string, value: AttributeValue | undefined): Attributes {
  if (value === undefined) return attributesFrom(Object.entries(item).filter(([other]) => other !== name));
  const copy: Record<string, AttributeValue> = { ...item };
  putOwn(copy, name, value);
  return copy;
}

/** Throws ValidationException on what DynamoDB does not take as a value. */
export function parseAttributes(wire: WireAttributes, depth = 1): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of Object.keys(wire)) {
    const value = wire[name];
    if (value !== undefined) putOwn(attributes, name, parseAttributeValue(value, depth));
  }
  return attributes;
}

/** Throws ValidationException on what DynamoDB does not take as a value. */
export function parseAttributeValue(wire: WireAttributeValue, depth = 1): AttributeValue {
  if (depth > dynamodbQuotas.nestingLevelsMax + 1) throw invalid('Nesting Levels have exceeded supported limits');
  let types = 0;
  for (const type of WIRE_TYPES) if (wire[type] !== undefined) types += 1;
  if (types === 0) {
    throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (types > 1) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (wire.S !== undefined) return { type: 'S', value: wire.S };
  if (wire.N !== undefined) return { type: 'N', value: normalizeNumber(wire.N) };
  if (wire.B !== undefined) return { type: 'B', value: wire.B };
  if (wire.BOOL !== undefined) return { type: 'BOOL', value: wire.BOOL };
  if (wire.M !== undefined) return { type: 'M', value: parseAttributes(wire.M, depth + 1) };
  if (wire.L !== undefined)
    return { type: 'L', value: wire.L.map((element) => parseAttributeValue(element, depth + 1)) };
  if (wire.NULL !== undefined) return parseNull(wire.NULL);
  return parseSet(wire);
}

function parseNull(value: boolean): AttributeValue {
  if (!value) throw invalidParameter('Null attribute value types must have the value of true');
  return { type: 'NULL', value: true };
}

function parseSet(wire: WireAttributeValue): AttributeValue {
  if (wire.SS !== undefined) {
    if (wire.SS.length === 0) throw invalidParameter('An string set  may not be empty');
    return { type: 'SS', value: distinct(wire.SS, [...wire.SS]) };
  }
  if (wire.NS !== undefined) {
    if (wire.NS.length === 0) throw invalidParameter('An number set  may not be empty');
    return { type: 'NS', value: distinct(wire.NS, wire.NS.map(normalizeNumber)) };
  }
  const members = wire.BS ?? [];
  if (members.length === 0) throw invalidParameter('Binary sets should not be empty');
  distinct(
    members.map((member) => Buffer.from(member).toString('base64')),
    members.map((member) => Buffer.from(member).toString('latin1')),
  );
  return { type: 'BS', value: members };
}

function distinct(written: readonly string[], members: readonly string[]): readonly string[] {
  if (new Set(members).size !== members.length) {
    throw invalidParameter(`Input collection [${written.join(', ')}] contains duplicates.`);
  }
  return members;
}

/** In the form of the wire. The doors copy what they hand out, so that leaves may be shared. */
export function toWireAttributes(attributes: Attributes): WireAttributes {
  const wire: Record<string, WireAttributeValue> = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) putOwn(wire, name, toWire(value));
  }
  return wire;
}

/** In the form of the wire. The doors copy what they hand out, so that leaves may be shared. */
export function toWire(value: AttributeValue): WireAttributeValue {
  switch (value.type) {
    case 'S':
      return { S: value.value };
    case 'N':
      return { N: value.value };
    case 'B':
      return { B: value.value };
    case 'BOOL':
      return { BOOL: value.value };
    case 'NULL':
      return { NULL: true };
    case 'M':
      return { M: toWireAttributes(value.value) };
    case 'L':
      return { L: value.value.map(toWire) };
    case 'SS':
      return { SS: value.value };
    case 'NS':
      return { NS: value.value };
    case 'BS':
      return { BS: value.value };
  }
  return value satisfies never;
}
