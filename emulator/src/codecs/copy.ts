import type { ServiceModel, Shape } from '../model.ts';
import { bufferOf, isRecord, shapeOf } from './json.ts';
import { MismatchError, wireKind } from './mismatch.ts';

const ordinary = { enumerable: true, configurable: true, writable: true };

/**
 * A deep copy with the members of the model and no others, as if the value had been over the wire: text given for bytes
 * becomes its UTF-8 form, `undefined` and `null` members are dropped.
 */
export function copyOf(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure': {
      if (!isRecord(value)) return fail(shape, shapeName, value);
      const result: Record<string, unknown> = {};
      for (const name in shape.members) {
        const member = shape.members[name];
        const item = value[name];
        if (member === undefined || item === undefined || item === null) continue;
        result[name] = copyOf(model, member.shape, item);
      }
      return result;
    }
    case 'list': {
      if (!Array.isArray(value)) return fail(shape, shapeName, value);
      const { shape: itemShape } = shape.member;
      return value.map((item: unknown) => (item === null ? null : copyOf(model, itemShape, item)));
    }
    case 'map': {
      if (!isRecord(value)) return fail(shape, shapeName, value);
      const result: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        if (item === undefined || item === null) continue;
        const copied = copyOf(model, shape.value.shape, item);
        // An attribute of an item may be called so; assigning would set the prototype.
        if (key === '__proto__') Object.defineProperty(result, key, { value: copied, ...ordinary });
        else result[key] = copied;
      }
      return result;
    }
    case 'string':
      return typeof value === 'string' ? value : fail(shape, shapeName, value);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return typeof value === 'number' ? value : fail(shape, shapeName, value);
    case 'boolean':
      return typeof value === 'boolean' ? value : fail(shape, shapeName, value);
    case 'blob':
      if (typeof value === 'string') return Buffer.from(value, 'utf8');
      return value instanceof Uint8Array ? new Uint8Array(bufferOf(value)) : fail(shape, shapeName, value);
    case 'timestamp':
      return value instanceof Date ? new Date(value.getTime()) : fail(shape, shapeName, value);
    default:
      return shape satisfies never;
  }
}

function fail({ type }: Shape, shape: string, value: unknown): never {
  throw new MismatchError({ expected: type, shape, found: wireKind(value), value });
}
