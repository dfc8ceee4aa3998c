import type { Condition, Operand } from './syntax.ts';

/** The top-level attributes that a condition looks at. */
export function namesIn(condition: Condition): ReadonlySet<string> {
  return new Set(operandsOf(condition).flatMap(nameOf));
}

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.condition);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'in':
      return [condition.operand, ...condition.options];
    case 'function':
      return condition.operands;
  }
  return condition satisfies never;
}

function nameOf(operand: Operand): readonly string[] {
  if (operand.kind === 'size') return nameOf(operand.operand);
  return operand.kind === 'path' ? [operand.path[0]] : [];
}
