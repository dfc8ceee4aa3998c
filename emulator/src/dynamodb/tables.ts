import { AwsError } from '../errors.ts';
import { invalid } from './invalid.ts';
import { checkedTableName } from './table-names.ts';
import type { DynamoState, Table } from './table.ts';

/** The table a data request names, by name or ARN. Throws ResourceNotFoundException where there is none yet or no more. */
export function usableTable(state: DynamoState, nameOrArn: string): Table {
  const table = state.tables.get(checkedTableName(nameOrArn));
  if (table === undefined || table.status === 'CREATING' || table.status === 'DELETING') {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  }
  return table;
}

/** The table a request about tables names. Throws ResourceNotFoundException, which then says which. */
export function knownTable(state: DynamoState, nameOrArn: string, exception = 'ResourceNotFoundException'): Table {
  const name = checkedTableName(nameOrArn);
  const table = state.tables.get(name);
  if (table === undefined) {
    const message =
      exception === 'TableNotFoundException'
        ? `Table not found: ${name}`
        : `Requested resource not found: Table: ${name} not found`;
    throw new AwsError(exception, message);
  }
  return table;
}

/** Throws ValidationException where a table has no such index. */
export function indexNamed(table: Table, name: string | undefined): ReturnType<Table['indexes']['get']> {
  if (name === undefined) return undefined;
  const index = table.indexes.get(name);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${name}`);
  if (index.status === 'CREATING' || index.backfilling)
    throw invalid(`Cannot read from backfilling global secondary index: ${name}`);
  return index;
}
