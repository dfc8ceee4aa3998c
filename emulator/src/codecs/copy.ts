import type { ListShape, MapShape, ServiceModel, Shape, StructureShape } from '../model.ts';
import { compiledOnce } from './compiled.ts';
import { bufferOf, isRecord, putOwn, shapeOf } from './json.ts';
import { MismatchError, wireKind } from './mismatch.ts';

/**
 * A deep copy with the members of the model and no others, as if the value had been over the wire: text given for bytes
 * becomes its UTF-8 form, `undefined` and `null` members are dropped.
 *
 * @throws MismatchError where a value is not of its shape's type.
 */
export function copyOf(model: ServiceModel, shapeName: string, value: unknown): unknown {
  return copierOf(model, shapeName)(value);
}

/** Copies a value of one shape; members of a structure are put `into` an object that there is. */
export type Copier = (value: unknown, into?: Record<string, unknown>) => unknown;

/** As `copyOf`, for one shape. */
export const copierOf = compiledOnce((model, shapeName): Copier => {
  const shape = shapeOf(model, shapeName);
  const fail: Copier = (value) => {
    throw new MismatchError({ expected: shape.type, shape: shapeName, found: wireKind(value), value });
  };
  switch (shape.type) {
    case 'structure':
      return structureCopier(model, shape, fail);
    case 'list':
      return listCopier(model, shape, fail);
    case 'map':
      return mapCopier(model, shape, fail);
    default:
      return plainCopier(shape.type, fail);
  }
});

/** What shapes hold is compiled when it is first met: a shape may hold itself. */
function structureCopier(model: ServiceModel, { members }: StructureShape, fail: Copier): Copier {
  const copiers = new Map<string, Copier | undefined>(Object.keys(members).map((name) => [name, undefined]));
  return (value, into = {}) => {
    if (!isRecord(value)) return fail(value);
    for (const name in value) {
      const item = value[name];
      if (item === undefined || item === null) continue;
      const copy = copiers.get(name) ?? compileMember(name);
      if (copy !== undefined) into[name] = copy(item);
    }
    return into;
  };

  function compileMember(name: string): Copier | undefined {
    const member = copiers.has(name) ? members[name] : undefined;
    if (member === undefined) return undefined;
    const copy = copierOf(model, member.shape);
    copiers.set(name, copy);
    return copy;
  }
}

function listCopier(model: ServiceModel, { member }: ListShape, fail: Copier): Copier {
  let copy: Copier | undefined;
  return (value) => {
    if (!Array.isArray(value)) return fail(value);
    copy ??= copierOf(model, member.shape);
    const items: readonly unknown[] = value;
    const copies: unknown[] = [];
    for (const item of items) copies.push(item === null ? null : copy(item));
    return copies;
  };
}

function mapCopier(model: ServiceModel, shape: MapShape, fail: Copier): Copier {
  let copy: Copier | undefined;
  return (value) => {
    if (!isRecord(value)) return fail(value);
    copy ??= copierOf(model, shape.value.shape);
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item === undefined || item === null) continue;
      const copied = copy(item);
      putOwn(result, key, copied);
    }
    return result;
  };
}

function plainCopier(type: Exclude<Shape['type'], 'structure' | 'list' | 'map'>, fail: Copier): Copier {
  switch (type) {
    case 'string':
      return (value) => (typeof value === 'string' ? value : fail(value));
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return (value) => (typeof value === 'number' ? value : fail(value));
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : fail(value));
    case 'blob':
      return (value) => {
        if (typeof value === 'string') return Buffer.from(value, 'utf8');
        return value instanceof Uint8Array ? new Uint8Array(bufferOf(value)) : fail(value);
      };
    case 'timestamp':
      return (value) => (value instanceof Date ? new Date(value.getTime()) : fail(value));
    default:
      return type satisfies never;
  }
}
