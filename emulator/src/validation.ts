import { compiledOnce } from './codecs/compiled.ts';
import { bufferOf, isRecord, shapeOf } from './codecs/json.ts';
import { AwsError } from './errors.ts';
import type { Bounds, ListShape, MapShape, ServiceModel, StringShape, StructureShape } from './model.ts';
import { once } from './once.ts';

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
  checkOf(model, shapeName)?.(input, { member: '' }, found);
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
  /** In the member's list or map: place, from 1, or key. */
  readonly item?: number | string;
}

function pathOf({ outer, member, item }: Place): string {
  const before = outer === undefined ? '' : pathOf(outer);
  const step = item === undefined ? lowerFirst(member) : `${item}.member`;
  return before === '' ? step : `${before}.${step}`;
}

type Check = (value: unknown, place: Place, found: Violation[]) => void;

/** `undefined` where no value of the shape can break anything. */
const checkOf = compiledOnce((model, shapeName): Check | undefined => {
  const shape = shapeOf(model, shapeName);
  if (!isConstrained(model, shapeName, new Set())) return undefined;
  switch (shape.type) {
    case 'structure':
      return structureCheck(model, shape);
    case 'list':
      return listCheck(model, shape);
    case 'map':
      return mapCheck(model, shape);
    case 'string':
      return stringCheck(shape);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return (value, place, found) => {
        if (typeof value === 'number') checkRange(shape, value, place, found);
      };
    case 'blob':
      return (value, place, found) => {
        if (value instanceof Uint8Array) checkLength(shape, value.length, value, place, found);
      };
    case 'boolean':
    case 'timestamp':
      return undefined;
    default:
      return shape satisfies never;
  }
});

function isConstrained(model: ServiceModel, shapeName: string, seen: Set<string>): boolean {
  if (seen.has(shapeName)) return false;
  seen.add(shapeName);
  const shape = shapeOf(model, shapeName);
  const isBounded = shape.type !== 'structure' && (shape.min !== undefined || shape.max !== undefined);
  const holds = (name: string): boolean => isConstrained(model, name, seen);
  switch (shape.type) {
    case 'structure':
      return (shape.required?.length ?? 0) > 0 || Object.values(shape.members).some((member) => holds(member.shape));
    case 'list':
      return isBounded || isNewStructure(model, shape.member.shape, seen) || holds(shape.member.shape);
    case 'map':
      return isBounded || holds(shape.key.shape) || holds(shape.value.shape);
    case 'string':
      return isBounded || shape.enum !== undefined || shape.pattern !== undefined;
    default:
      return isBounded;
  }
}

/** Items that are structures must be there. Those of a shape that holds itself, as attribute values, are read elsewhere. */
function isNewStructure(model: ServiceModel, shapeName: string, seen: ReadonlySet<string>): boolean {
  return shapeOf(model, shapeName).type === 'structure' && !seen.has(shapeName);
}

interface MemberCheck {
  readonly name: string;
  readonly isRequired: boolean;
  readonly check: Check | undefined;
}

/** What shapes hold is compiled when it is first met: a shape may hold itself. */
function structureCheck(model: ServiceModel, { members, required = [] }: StructureShape): Check {
  let checks: readonly MemberCheck[] | undefined;
  return (value, place, found) => {
    if (!isRecord(value)) return;
    checks ??= Object.entries(members)
      .map(([name, { shape }]) => ({ name, isRequired: required.includes(name), check: checkOf(model, shape) }))
      .filter(({ isRequired, check }) => isRequired || check !== undefined);
    for (const { name, isRequired, check } of checks) {
      const item = value[name];
      if (item !== undefined && item !== null) check?.(item, { outer: place, member: name }, found);
      else if (isRequired) foundNull({ outer: place, member: name }, found);
    }
  };
}

function foundNull(place: Place, found: Violation[]): void {
  const constraint = 'Member must not be null';
  found.push({ path: pathOf(place), member: place.member, value: 'null', constraint, kind: 'required' });
}

function listCheck(model: ServiceModel, shape: ListShape): Check {
  const compiled = once(() => checkOf(model, shape.member.shape));
  return (value, place, found) => {
    if (!Array.isArray(value)) return;
    checkLength(shape, value.length, value, place, found);
    const check = compiled();
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (item !== null && check === undefined) continue;
      const inner: Place = { outer: place, item: index + 1, member: place.member };
      if (item === null) foundNull(inner, found);
      else check?.(item, inner, found);
    }
  };
}

function mapCheck(model: ServiceModel, shape: MapShape): Check {
  const compiledKey = once(() => checkOf(model, shape.key.shape));
  const compiledValue = once(() => checkOf(model, shape.value.shape));
  return (value, place, found) => {
    if (!isRecord(value)) return;
    const keys = Object.keys(value);
    checkLength(shape, keys.length, value, place, found);
    const checkKey = compiledKey();
    const checkValue = compiledValue();
    for (const key of keys) {
      checkKey?.(key, place, found);
      const item = value[key];
      if (item !== null && checkValue === undefined) continue;
      const inner: Place = { outer: place, item: key, member: place.member };
      if (item === null) foundNull(inner, found);
      else checkValue?.(item, inner, found);
    }
  };
}

function stringCheck(shape: StringShape): Check {
  const allowed = shape.enum && new Set(shape.enum);
  const pattern = shape.pattern === undefined ? undefined : compile(shape.pattern);
  return (value, place, found) => {
    if (typeof value !== 'string') return;
    const { member } = place;
    const printed = shape.sensitive ? '***' : value;
    if (allowed?.has(value) === false) {
      const constraint = `Member must satisfy enum value set: [${[...allowed].join(', ')}]`;
      found.push({ path: pathOf(place), member, value: printed, constraint, kind: 'enum' });
    }
    if (pattern?.test(value) === false) {
      const constraint = `Member must satisfy regular expression pattern: ${shape.pattern}`;
      found.push({ path: pathOf(place), member, value: printed, constraint, kind: 'pattern' });
    }
    checkLength(shape, value.length, printed, place, found);
  };
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

/** The models' patterns are Java's; those that JavaScript cannot read are not checked. */
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
