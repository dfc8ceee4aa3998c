import type { Member, ServiceModel, Shape } from '../model.ts';
import { MismatchError, wireKind } from './mismatch.ts';

/** What was parsed from JSON, as the model's own types: bytes, dates, numbers; unknown members and nulls are dropped. */
export function fromJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure': {
      if (!isRecord(value)) return fail(shape, shapeName, value);
      return readMembers(model, shape.members, value);
    }
    case 'list':
      if (!Array.isArray(value)) return fail(shape, shapeName, value);
      return value.map((item: unknown) => (item === null ? null : fromJson(model, shape.member.shape, item)));
    case 'map': {
      if (!isRecord(value)) return fail(shape, shapeName, value);
      return mapped(value, (item) => (item === null ? null : fromJson(model, shape.value.shape, item)));
    }
    case 'string':
      return typeof value === 'string' ? value : fail(shape, shapeName, value);
    case 'integer':
    case 'long':
      return typeof value === 'number' ? Math.trunc(value) : fail(shape, shapeName, value);
    case 'float':
    case 'double':
      return numberOf(value) ?? fail(shape, shapeName, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : fail(shape, shapeName, value);
    case 'blob':
      return typeof value === 'string' && isBase64(value)
        ? Buffer.from(value, 'base64')
        : fail(shape, shapeName, value);
    case 'timestamp':
      return dateOf(value) ?? fail(shape, shapeName, value);
    default:
      return shape satisfies never;
  }
}

/** The wire's form of a value, ready for `JSON.stringify`; `undefined` members are left out. */
export function toJson(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      return isRecord(value) ? writeMembers(model, shape.members, value) : {};
    case 'list':
      return Array.isArray(value) ? value.map((item: unknown) => toJson(model, shape.member.shape, item)) : [];
    case 'map':
      return isRecord(value) ? mapped(value, (item) => toJson(model, shape.value.shape, item)) : {};
    case 'blob':
      return value instanceof Uint8Array ? bufferOf(value).toString('base64') : value;
    case 'timestamp':
      return value instanceof Date ? value.getTime() / 1000 : value;
    case 'float':
    case 'double':
      return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    case 'string':
    case 'integer':
    case 'long':
    case 'boolean':
      return value;
    default:
      return shape satisfies never;
  }
}

export function shapeOf(model: ServiceModel, shapeName: string): Shape {
  const shape = model.shapes[shapeName];
  if (shape === undefined) throw new Error(`the model of '${model.service}' has no shape '${shapeName}'`);
  return shape;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Sets a member of that name, whatever it is: an attribute may be called `__proto__`, where assigning sets the prototype. */
export function putOwn(record: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, ...ordinary });
  else record[name] = value;
}

const ordinary = { enumerable: true, configurable: true, writable: true };

function fail({ type }: Shape, shape: string, value: unknown): never {
  throw new MismatchError({ expected: type, shape, found: wireKind(value), value });
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  each: (item: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const key in value) {
    putOwn(result, key, each(value[key]));
  }
  return result;
}

function readMembers(
  model: ServiceModel,
  members: Readonly<Record<string, Member>>,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  // Plain data has no names but its own, and a list of its entries costs as much as what is done with them.
  for (const name in value) {
    const item = value[name];
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member === undefined || item === null || item === undefined) continue;
    result[name] = fromJson(model, member.shape, item);
  }
  return result;
}

function writeMembers(
  model: ServiceModel,
  members: Readonly<Record<string, Member>>,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const name in value) {
    const item = value[name];
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member === undefined || item === null || item === undefined) continue;
    result[name] = toJson(model, member.shape, item);
  }
  return result;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return undefined;
}

/** Epoch seconds or ISO 8601. */
function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const date = new Date(typeof value === 'number' ? Math.round(value * 1000) : value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
