import { putOwn } from '../../codecs/json.ts';
import type { Attributes, AttributeValue, SetValue } from '../attribute-value.ts';
import { attribute, withAttribute } from '../attribute-value.ts';
import { addNumbers, negateNumber } from '../decimal.ts';
import { isSet, memberKeys } from '../equality.ts';
import { invalid } from '../invalid.ts';
import { valueAt } from './evaluate.ts';
import type { Path, SetOperand, Update } from './syntax.ts';

/**
 * The item after the update. Every operand is read from the item as it was. Throws ValidationException where a path does
 * not lead anywhere or an operand has the wrong type.
 */
export function applyUpdate(update: Update, item: Attributes): Attributes {
  const sets = update.set.map(({ path, operand }) => [path, operandValue(operand, item)] as const);
  const changes: (readonly [Path, AttributeValue | undefined])[] = [
    // Elements beyond a list's end are appended in the order of their indexes.
    ...sets.toSorted(([one], [two]) => lastIndex(one) - lastIndex(two)),
    ...update.add.map(({ path, value }) => [path, sum(valueAt(path, item), value)] as const),
    ...update.delete.map(({ path, value }) => [path, without(valueAt(path, item), value)] as const),
    // The rear first, so that the indexes of those in front still hold.
    ...update.remove.toSorted((one, two) => lastIndex(two) - lastIndex(one)).map((path) => [path, undefined] as const),
  ];
  const result: Record<string, AttributeValue> = { ...item };
  for (const [path, value] of changes) setAt(result, path, value);
  return result;
}

function lastIndex(path: Path): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : 0;
}

function operandValue(operand: SetOperand, item: Attributes): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = valueAt(operand.path, item);
      if (value === undefined)
        throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return value;
    }
    case 'if_not_exists':
      return valueAt(operand.path, item) ?? operandValue(operand.otherwise, item);
    case 'sum':
    case 'difference': {
      const left = operandValue(operand.left, item);
      const right = operandValue(operand.right, item);
      if (left.type !== 'N' || right.type !== 'N') throw wrongOperand();
      return {
        type: 'N',
        value: addNumbers(left.value, operand.kind === 'sum' ? right.value : negateNumber(right.value)),
      };
    }
    case 'list_append': {
      const left = operandValue(operand.left, item);
      const right = operandValue(operand.right, item);
      if (left.type !== 'L' || right.type !== 'L') throw wrongOperand();
      return { type: 'L', value: [...left.value, ...right.value] };
    }
  }
  return operand satisfies never;
}

function wrongOperand(): Error {
  return invalid('An operand in the update expression has an incorrect data type');
}

function sum(present: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (present === undefined) return value;
  if (present.type === 'N' && value.type === 'N') return { type: 'N', value: addNumbers(present.value, value.value) };
  if (present.type === 'L' && value.type === 'L') return { type: 'L', value: [...present.value, ...value.value] };
  if (!isSet(present) || !isSet(value) || present.type !== value.type) throw wrongOperand();
  const known = new Set(memberKeys(present));
  return combine(
    present,
    select(value, (key) => !known.has(key)),
  );
}

/** Undefined where nothing is left: a set that runs empty goes. */
function without(present: AttributeValue | undefined, value: AttributeValue): AttributeValue | undefined {
  if (present === undefined) return undefined;
  if (!isSet(present) || !isSet(value) || present.type !== value.type) throw wrongOperand();
  const gone = new Set(memberKeys(value));
  const rest = select(present, (key) => !gone.has(key));
  return rest.value.length === 0 ? undefined : rest;
}

function select(set: SetValue, keep: (key: string) => boolean): SetValue {
  const keys = memberKeys(set);
  const kept = (_: unknown, index: number): boolean => keep(keys[index] ?? '');
  if (set.type === 'BS') return { type: 'BS', value: set.value.filter(kept) };
  return { type: set.type, value: set.value.filter(kept) };
}

function combine(one: SetValue, two: SetValue): SetValue {
  if (one.type === 'BS' && two.type === 'BS') return { type: 'BS', value: [...one.value, ...two.value] };
  if (one.type === 'BS' || two.type === 'BS') throw wrongOperand();
  return { type: one.type, value: [...one.value, ...two.value] };
}

function setAt(result: Record<string, AttributeValue>, path: Path, value: AttributeValue | undefined): void {
  const [name] = path;
  const inner = path.length === 1 ? undefined : attribute(result, name);
  if (path.length > 1 && inner === undefined) throw invalidPath();
  const changed = inner === undefined ? value : setInside(inner, path.slice(1), value);
  if (changed === undefined) delete result[name];
  else putOwn(result, name, changed);
}

function setInside(
  container: AttributeValue,
  [step, ...rest]: readonly (string | number)[],
  value: AttributeValue | undefined,
): AttributeValue {
  if (typeof step === 'string' && container.type === 'M') {
    const inner = attribute(container.value, step);
    if (rest.length > 0 && inner === undefined) throw invalidPath();
    const changed = inner === undefined || rest.length === 0 ? value : setInside(inner, rest, value);
    return { type: 'M', value: withAttribute(container.value, step, changed) };
  }
  if (typeof step === 'number' && container.type === 'L') {
    const inner = container.value[step];
    if (rest.length > 0 && inner === undefined) throw invalidPath();
    const changed = inner === undefined || rest.length === 0 ? value : setInside(inner, rest, value);
    if (changed === undefined) return { type: 'L', value: container.value.filter((_, index) => index !== step) };
    return {
      type: 'L',
      value: inner === undefined ? [...container.value, changed] : container.value.with(step, changed),
    };
  }
  throw invalidPath();
}

function invalidPath(): Error {
  return invalid('The document path provided in the update expression is invalid for update');
}
