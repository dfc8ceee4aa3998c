import { bufferOf, isRecord, shapeOf } from './codecs/json.ts';
import { AwsError } from './errors.ts';
import type { Bounds, ServiceModel, Shape } from './model.ts';

/** One constraint of the model that an input breaks. */
export interface Violation {
  /** `entries.1.member.detail`: as AWS writes it, the first letter of each member in lower case. */
  readonly path: string;
  /** The offending value as AWS prints it; `null` where a required member is missing. */
  readonly value: string;
  /** `Member must not be null`, … */
  readonly constraint: string;
  readonly kind: 'required' | 'enum' | 'length' | 'range' | 'pattern';
  /** The name of the member that broke it, as the model spells it. */
  readonly member: string;
}

/** Every constraint of the model that `input` breaks, in the order of the model's members. */
export function violationsOf(model: ServiceModel, shapeName: string, input: unknown): readonly Violation[] {
  const found: Violation[] = [];
  walk(model, shapeName, input, { member: '' }, found);
  return found;
}

/** As most services answer: `2 validation errors detected: Value …; Value …`. */
export function validationError(violations: readonly Violation[], code = 'ValidationException'): AwsError {
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  const sentences = violations.map(
    ({ path, value, constraint }) =>
      `Value ${value === 'null' ? 'null' : `'${value}'`} at '${path}' failed to satisfy constraint: ${constraint}`,
  );
  return new AwsError(code, `${count} detected: ${sentences.join('; ')}`);
}

/** The way to a value, put into words only where something is wrong with it. */
interface Place {
  readonly outer?: Place;
  readonly member: string;
  /** In the member's list or map: index or key. */
  readonly step?: string;
}

function pathOf({ outer, member, step = lowerFirst(member) }: Place): string {
  const before = outer === undefined ? '' : pathOf(outer);
  return before === '' ? step : `${before}.${step}`;
}

function walk(model: ServiceModel, shapeName: string, value: unknown, place: Place, found: Violation[]): void {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case 'structure':
      if (isRecord(value)) walkMembers(model, shape, value, place, found);
      return;
    case 'list':
      if (!Array.isArray(value)) return;
      checkLength(shape, value.length, value, place, found);
      for (const [index, item] of value.entries()) {
        const step = `${index + 1}.member`;
        walk(model, shape.member.shape, item, { outer: place, step, member: place.member }, found);
      }
      return;
    case 'map':
      if (!isRecord(value)) return;
      checkLength(shape, Object.keys(value).length, value, place, found);
      for (const [key, item] of Object.entries(value)) {
        walk(model, shape.key.shape, key, place, found);
        walk(model, shape.value.shape, item, { outer: place, step: `${key}.member`, member: place.member }, found);
      }
      return;
    case 'string':
      if (typeof value === 'string') checkString(shape, value, place, found);
      return;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (typeof value === 'number') checkRange(shape, value, place, found);
      return;
    case 'blob':
      if (value instanceof Uint8Array) checkLength(shape, value.length, value, place, found);
      return;
    case 'boolean':
    case 'timestamp':
      return;
    default:
      shape satisfies never;
  }
}

function walkMembers(
  model: ServiceModel,
  shape: Extract<Shape, { type: 'structure' }>,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  found: Violation[],
): void {
  for (const name in shape.members) {
    const member = shape.members[name];
    const item = value[name];
    const isThere = item !== undefined && item !== null;
    if (member === undefined || (!isThere && shape.required?.includes(name) !== true)) continue;
    const inner: Place = { outer: place, member: name };
    if (isThere) walk(model, member.shape, item, inner, found);
    else {
      const constraint = 'Member must not be null';
      found.push({ path: pathOf(inner), member: name, value: 'null', constraint, kind: 'required' });
    }
  }
}

function checkString(shape: Extract<Shape, { type: 'string' }>, value: string, place: Place, found: Violation[]): void {
  const { member } = place;
  const printed = shape.sensitive ? '***' : value;
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    const constraint = `Member must satisfy enum value set: [${shape.enum.join(', ')}]`;
    found.push({ path: pathOf(place), member, value: printed, constraint, kind: 'enum' });
  }
  if (shape.pattern !== undefined && !matches(shape.pattern, value)) {
    const constraint = `Member must satisfy regular expression pattern: ${shape.pattern}`;
    found.push({ path: pathOf(place), member, value: printed, constraint, kind: 'pattern' });
  }
  checkLength(shape, value.length, printed, place, found);
}

function checkLength(bounds: Bounds, length: number, value: unknown, place: Place, found: Violation[]): void {
  const { member } = place;
  const { min, max } = bounds;
  if (min !== undefined && length < min) {
    const constraint = `Member must have length greater than or equal to ${min}`;
    found.push({ path: pathOf(place), member, value: print(value), constraint, kind: 'length' });
  }
  if (max !== undefined && length > max) {
    const constraint = `Member must have length less than or equal to ${max}`;
    found.push({ path: pathOf(place), member, value: print(value), constraint, kind: 'length' });
  }
}

function checkRange({ min, max }: Bounds, value: number, place: Place, found: Violation[]): void {
  const { member } = place;
  if (min !== undefined && value < min) {
    const constraint = `Member must have value greater than or equal to ${min}`;
    found.push({ path: pathOf(place), member, value: print(value), constraint, kind: 'range' });
  }
  if (max !== undefined && value > max) {
    const constraint = `Member must have value less than or equal to ${max}`;
    found.push({ path: pathOf(place), member, value: print(value), constraint, kind: 'range' });
  }
}

/** As Java's `toString` prints it: `[a, b]`, `{Key=a}`. */
function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (value instanceof Uint8Array)
    return `java.nio.HeapByteBuffer[pos=0 lim=${bufferOf(value).length} cap=${value.length}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${print(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const patterns = new Map<string, RegExp>();

/** The models' patterns are Java's; those that JavaScript cannot read are not checked. */
function matches(pattern: string, value: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = compile(pattern);
    patterns.set(pattern, compiled);
  }
  return compiled.test(value);
}

function compile(pattern: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      continue;
    }
  }
  return /(?:)/;
}
