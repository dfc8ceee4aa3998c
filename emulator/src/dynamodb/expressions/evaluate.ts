import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { attribute } from '../attribute-value.ts';
import { compareValues, isSet, memberKeys, sameValue } from '../equality.ts';
import type { Comparator, Condition, ConditionFunction, Operand, Path } from './syntax.ts';

/** Whether an item meets a condition; an item that is not there has no attributes. */
export function evaluate(condition: Condition, item: Attributes): boolean {
  switch (condition.kind) {
    case 'and':
      return evaluate(condition.left, item) && evaluate(condition.right, item);
    case 'or':
      return evaluate(condition.left, item) || evaluate(condition.right, item);
    case 'not':
      return !evaluate(condition.condition, item);
    case 'compare':
      return compare(condition.comparator, valueOf(condition.left, item), valueOf(condition.right, item));
    case 'between': {
      const value = valueOf(condition.operand, item);
      return compare('>=', value, valueOf(condition.low, item)) && compare('<=', value, valueOf(condition.high, item));
    }
    case 'in': {
      const value = valueOf(condition.operand, item);
      return condition.options.some((option) => compare('=', value, valueOf(option, item)));
    }
    case 'function': {
      const [first, second] = condition.operands;
      return call(condition.name, valueOf(first, item), second && valueOf(second, item));
    }
  }
  return condition satisfies never;
}

/** What a path leads to. */
export function valueAt(path: Path, item: Attributes): AttributeValue | undefined {
  let value = attribute(item, path[0]);
  for (let index = 1; index < path.length; index += 1) {
    const step = path[index] ?? '';
    if (typeof step === 'number') value = value?.type === 'L' ? value.value[step] : undefined;
    else value = value?.type === 'M' ? attribute(value.value, step) : undefined;
  }
  return value;
}

function valueOf(operand: Operand, item: Attributes): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(operand.path, item);
  const value = valueOf(operand.operand, item);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { type: 'N', value: String(size) };
}

function sizeOf(value: AttributeValue): number | undefined {
  if (value.type === 'M') return Object.keys(value.value).length;
  if (value.type === 'S' || value.type === 'B' || value.type === 'L' || isSet(value)) return value.value.length;
  return undefined;
}

/** Against something that is not there only `<>` holds. */
function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return sameValue(left, right);
  if (comparator === '<>') return !sameValue(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function call(name: ConditionFunction, first: AttributeValue | undefined, second: AttributeValue | undefined): boolean {
  if (name === 'attribute_exists') return first !== undefined;
  if (name === 'attribute_not_exists') return first === undefined;
  if (first === undefined || second === undefined) return false;
  if (name === 'attribute_type') return second.type === 'S' && first.type === second.value;
  return name === 'begins_with' ? beginsWith(first, second) : contains(first, second);
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.type === 'S' && prefix.type === 'S') return value.value.startsWith(prefix.value);
  if (value.type !== 'B' || prefix.type !== 'B') return false;
  return Buffer.compare(value.value.subarray(0, prefix.value.length), prefix.value) === 0;
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.type === 'S') return part.type === 'S' && value.value.includes(part.value);
  if (value.type === 'B') return part.type === 'B' && Buffer.from(value.value).includes(Buffer.from(part.value));
  if (value.type === 'L') return value.value.some((element) => sameValue(element, part));
  if (!isSet(value) || `${part.type}S` !== value.type) return false;
  if (part.type === 'B') return memberKeys(value).includes(Buffer.from(part.value).toString('latin1'));
  return (part.type === 'S' || part.type === 'N') && memberKeys(value).includes(part.value);
}
