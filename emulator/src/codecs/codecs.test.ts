import {
  array,
  assert,
  boolean,
  constant,
  date,
  dictionary,
  double,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  uint8Array,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { loadService, serviceNames } from '../loader.ts';
import type { ServiceModel } from '../model.ts';
import { copyOf } from './copy.ts';
import { fromJson, shapeOf, toJson } from './json.ts';

/** Values of a shape, at most `depth` structures deep. */
function valuesOf(model: ServiceModel, shapeName: string, depth: number): Arbitrary<unknown> {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure': {
      if (depth === 0) return constant({});
      const members = Object.entries(shape.members).map(
        ([name, member]) => [name, option(valuesOf(model, member.shape, depth - 1), { nil: undefined })] as const,
      );
      return record(Object.fromEntries(members));
    }
    case 'list':
      return depth === 0 ? constant([]) : array(valuesOf(model, shape.member.shape, depth - 1), { maxLength: 3 });
    case 'map':
      return depth === 0
        ? constant({})
        : dictionary(oneof(string(), constant('__proto__')), valuesOf(model, shape.value.shape, depth - 1), {
            maxKeys: 3,
          });
    case 'string':
      return string();
    case 'integer':
    case 'long':
      return integer();
    case 'float':
    case 'double':
      return double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
    case 'boolean':
      return boolean();
    case 'blob':
      return uint8Array({ maxLength: 8 });
    case 'timestamp':
      return date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });
    default:
      return shape satisfies never;
  }
}

/** The same with bytes of one kind, as a wire does not tell a Buffer from any other array of bytes. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

test.each(serviceNames())('codecs of %s - a copy is what comes back over the wire', async (name) => {
  const { model } = (await loadService(name)) ?? { model: undefined };
  if (model === undefined) throw new Error(`no service '${name}'`);
  const inputs = Object.values(model.operations).flatMap(({ input }) => (input === undefined ? [] : [input]));
  expect(inputs.length).toBeGreaterThan(0);
  for (const input of inputs.slice(0, 40)) {
    assert(
      property(valuesOf(model, input, 3), (value) => {
        const overTheWire: unknown = JSON.parse(JSON.stringify(toJson(model, input, value)));
        expect(plain(fromJson(model, input, overTheWire))).toEqual(plain(copyOf(model, input, value)));
      }),
      { numRuns: 10 },
    );
  }
});
