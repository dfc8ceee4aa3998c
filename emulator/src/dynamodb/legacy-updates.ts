import type { AttributeValue } from './attribute-value.ts';
import { parseAttributeValue } from './attribute-value.ts';
import type { Path, Update } from './expressions/syntax.ts';
import { invalidParameter } from './invalid.ts';
import type { WireAttributeValue } from './wire.ts';

/** A member of AttributeUpdates. */
export interface WireAttributeUpdate {
  readonly Value?: WireAttributeValue | undefined;
  readonly Action?: string | undefined;
}

/** AttributeUpdates as an update. Throws ValidationException where an action lacks its value or has one of a wrong type. */
export function legacyUpdate(updates: Readonly<Record<string, WireAttributeUpdate>>): Update {
  const set: { path: Path; operand: { kind: 'value'; value: AttributeValue } }[] = [];
  const remove: Path[] = [];
  const add: { path: Path; value: AttributeValue }[] = [];
  const subtract: { path: Path; value: AttributeValue }[] = [];
  for (const [name, { Value, Action = 'PUT' }] of Object.entries(updates)) {
    const path: Path = [name];
    const value = Value && parseAttributeValue(Value);
    if (value === undefined) {
      if (Action !== 'DELETE') {
        throw invalidParameter(`Only DELETE action is allowed when no attribute value is specified`);
      }
      remove.push(path);
    } else if (Action === 'PUT') {
      set.push({ path, operand: { kind: 'value', value } });
    } else if (Action === 'ADD') {
      requireType(value, 'ADD', ['N', 'SS', 'NS', 'BS', 'L']);
      add.push({ path, value });
    } else {
      requireType(value, 'DELETE', ['SS', 'NS', 'BS']);
      subtract.push({ path, value });
    }
  }
  return { set, remove, add, delete: subtract };
}

function requireType({ type }: AttributeValue, action: string, types: readonly AttributeValue['type'][]): void {
  if (!types.includes(type)) throw invalidParameter(`${action} action is not supported for the type ${type}`);
}
