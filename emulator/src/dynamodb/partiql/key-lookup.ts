import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { attributesFrom } from '../attribute-value.ts';
import type { Condition, Operand } from '../expressions/syntax.ts';
import { invalid } from '../invalid.ts';
import type { KeyTerm } from '../key-condition.ts';
import type { KeySchema } from '../key-schema.ts';
import { keyAttributes } from '../key-schema.ts';

/** The parts that must all hold. */
export function conjuncts(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  return condition.kind === 'and' ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

/** The key that a statement on one item names. Throws ValidationException where it leaves a part of it open. */
export function mandatoryKey(schema: KeySchema, where: Condition | undefined): Attributes {
  const parts = conjuncts(where);
  return attributesFrom(
    keyAttributes(schema).map(({ name }) => {
      const [values] = parts.flatMap((part) => equalValues(part, name));
      const [value, other] = values ?? [];
      if (value === undefined || other !== undefined) {
        throw invalid('Where clause does not contain a mandatory equality on all key attributes');
      }
      return [name, value];
    }),
  );
}

/** What is left of the condition when the equalities on the key are taken for granted. */
export function withoutKey(schema: KeySchema, where: Condition | undefined): Condition | undefined {
  const names = keyAttributes(schema).map(({ name }) => name);
  const rest = conjuncts(where).filter((part) => !names.some((name) => equalValues(part, name).length > 0));
  const [first, ...others] = rest;
  return first && others.reduce((left, right): Condition => ({ kind: 'and', left, right }), first);
}

/** The partitions and, within each, the part of the sort key that a condition confines a SELECT to; undefined for a scan. */
export function queriesOf(
  schema: KeySchema,
  where: Condition | undefined,
): readonly { readonly hash: AttributeValue; readonly range: KeyTerm | undefined }[] | undefined {
  const parts = conjuncts(where);
  const [hashes] = parts.flatMap((part) => equalValues(part, schema.hash.name));
  if (hashes === undefined || hashes.some(({ type }) => type !== schema.hash.type)) return undefined;
  const { range } = schema;
  const terms = range === undefined ? [] : parts.flatMap((part) => rangeTerm(part, range.name) ?? []);
  const term = terms.find(({ values }) => values.every(({ type }) => type === range?.type));
  return hashes.map((hash) => ({ hash, range: term }));
}

/** One list of the values an attribute must have one of, where this part says so. */
function equalValues(part: Condition, name: string): readonly (readonly AttributeValue[])[] {
  if (part.kind === 'compare' && part.comparator === '=') {
    const value = isAttribute(part.left, name) ? part.right : isAttribute(part.right, name) ? part.left : undefined;
    return value?.kind === 'value' ? [[value.value]] : [];
  }
  if (part.kind !== 'in' || !isAttribute(part.operand, name)) return [];
  const values = part.options.flatMap((option) => (option.kind === 'value' ? [option.value] : []));
  return values.length === part.options.length ? [values] : [];
}

function rangeTerm(part: Condition, name: string): KeyTerm | undefined {
  if (
    part.kind === 'between' &&
    isAttribute(part.operand, name) &&
    part.low.kind === 'value' &&
    part.high.kind === 'value'
  ) {
    return { name, operator: 'BETWEEN', values: [part.low.value, part.high.value] };
  }
  if (part.kind === 'function' && part.name === 'begins_with') {
    const [subject, prefix] = part.operands;
    const usable = isAttribute(subject, name) && prefix?.kind === 'value' && prefix.value.type !== 'N';
    return usable ? { name, operator: 'begins_with', values: [prefix.value] } : undefined;
  }
  if (part.kind !== 'compare' || part.comparator === '<>') return undefined;
  if (!isAttribute(part.left, name) || part.right.kind !== 'value') return undefined;
  return { name, operator: part.comparator, values: [part.right.value] };
}

function isAttribute(operand: Operand, name: string): boolean {
  return operand.kind === 'path' && operand.path.length === 1 && operand.path[0] === name;
}
