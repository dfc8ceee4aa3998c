import type { AttributeValue } from '../attribute-value.ts';
import type { Path, SetOperand, Update } from '../expressions/syntax.ts';
import { refuseOverlaps } from '../expressions/overlaps.ts';
import { updatedPaths } from '../expressions/syntax.ts';
import { invalid } from '../invalid.ts';
import type { Reader } from './lexer.ts';
import { reader } from './lexer.ts';
import type { Column, Returning, Select, Statement } from './statement.ts';
import { atValue, readMap, readName, readPath, readValue } from './values.ts';
import { readWhere } from './where.ts';

/** Throws ValidationException on what is no statement or does not fit its parameters. */
export function parseStatement(text: string, parameters: readonly AttributeValue[]): Statement {
  const at = reader(text, parameters);
  const statement = readStatement(at);
  at.finish();
  return statement;
}

function readStatement(at: Reader): Statement {
  if (at.take('SELECT')) return readSelect(at);
  if (at.take('INSERT')) {
    at.expect('INTO');
    const table = readName(at);
    at.expect('VALUE');
    if (at.at('?')) {
      const value = readValue(at);
      if (value.type !== 'M') throw at.fail('a map');
      return { kind: 'insert', table, item: value.value };
    }
    return { kind: 'insert', table, item: readMap(at) };
  }
  if (at.take('UPDATE')) return readUpdate(at);
  if (at.take('DELETE')) {
    at.expect('FROM');
    const table = readName(at);
    at.expect('WHERE');
    return { kind: 'delete', table, where: readWhere(at), returning: readReturning(at) };
  }
  if (at.take('EXISTS')) {
    at.expect('(');
    at.expect('SELECT');
    const select = readSelect(at);
    at.expect(')');
    return { kind: 'exists', select };
  }
  throw at.fail('SELECT, INSERT, UPDATE or DELETE');
}

function readSelect(at: Reader): Select {
  const columns = at.take('*') ? undefined : readColumns(at);
  at.expect('FROM');
  const table = readName(at);
  const index = at.take('.') ? readName(at) : undefined;
  const where = at.take('WHERE') ? readWhere(at) : undefined;
  const order: { name: string; descending: boolean }[] = [];
  if (at.take('ORDER')) {
    at.expect('BY');
    do {
      const name = readName(at);
      const descending = at.take('DESC');
      if (!descending) at.take('ASC');
      order.push({ name, descending });
    } while (at.take(','));
    if (where === undefined) throw invalid('Must have WHERE clause in the statement when using ORDER BY clause.');
  }
  return { kind: 'select', table, index, columns, where, order };
}

/** A column is called by the last name of its path. */
function readColumns(at: Reader): readonly Column[] {
  const columns: Column[] = [];
  do {
    const path = readPath(at);
    const last = path.findLast((step) => typeof step === 'string');
    columns.push({ path, name: at.take('AS') ? readName(at) : String(last) });
  } while (at.take(','));
  return columns;
}

function readUpdate(at: Reader): Statement {
  const table = readName(at);
  const set: { path: Path; operand: SetOperand }[] = [];
  const remove: Path[] = [];
  const add: { path: Path; value: AttributeValue }[] = [];
  const subtract: { path: Path; value: AttributeValue }[] = [];
  if (!at.at('SET') && !at.at('REMOVE')) throw at.fail('SET or REMOVE');
  for (;;) {
    if (at.take('REMOVE')) remove.push(...readList(at, readPath));
    else if (at.take('SET')) {
      for (const action of readList(at, readAssignment)) {
        if (action.kind === 'set') set.push(action);
        else (action.kind === 'add' ? add : subtract).push(action);
      }
    } else break;
  }
  const update: Update = { set, remove, add, delete: subtract };
  refuseOverlaps('UpdateExpression', updatedPaths(update));
  // DynamoDB takes RETURNING on either side of WHERE.
  const before = readReturning(at);
  at.expect('WHERE');
  return { kind: 'update', table, update, where: readWhere(at), returning: before ?? readReturning(at) };
}

function readList<T>(at: Reader, read: (at: Reader) => T): readonly T[] {
  const list = [read(at)];
  while (at.take(',')) list.push(read(at));
  return list;
}

type Assignment =
  | { readonly kind: 'set'; readonly path: Path; readonly operand: SetOperand }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };

function readAssignment(at: Reader): Assignment {
  const path = readPath(at);
  at.expect('=');
  const setFunction = at.at('SET_ADD') ? 'add' : at.at('SET_DELETE') ? 'delete' : undefined;
  if (setFunction === undefined) return { kind: 'set', path, operand: readSum(at) };
  at.next();
  at.expect('(');
  readPath(at);
  at.expect(',');
  const value = readValue(at);
  at.expect(')');
  return { kind: setFunction, path, value };
}

function readSum(at: Reader): SetOperand {
  const left = readOperand(at);
  if (at.take('+')) return { kind: 'sum', left, right: readOperand(at) };
  if (at.take('-')) return { kind: 'difference', left, right: readOperand(at) };
  return left;
}

function readOperand(at: Reader): SetOperand {
  if (atValue(at)) return { kind: 'value', value: readValue(at) };
  if (at.at('LIST_APPEND') || at.at('IF_NOT_EXISTS')) {
    const name = at.next().text.toLowerCase();
    at.expect('(');
    const left = readOperand(at);
    at.expect(',');
    const right = readOperand(at);
    at.expect(')');
    if (name === 'list_append') return { kind: 'list_append', left, right };
    if (left.kind !== 'path') throw at.fail('a path');
    return { kind: 'if_not_exists', path: left.path, otherwise: right };
  }
  return { kind: 'path', path: readPath(at) };
}

function readReturning(at: Reader): Returning | undefined {
  if (!at.take('RETURNING')) return undefined;
  const all = at.take('ALL');
  if (!all) at.expect('MODIFIED');
  const old = at.take('OLD');
  if (!old) at.expect('NEW');
  at.expect('*');
  if (all) return old ? 'ALL_OLD' : 'ALL_NEW';
  return old ? 'UPDATED_OLD' : 'UPDATED_NEW';
}
