import type { World } from '../../service.ts';
import { parseAttributeValue } from '../attribute-value.ts';
import type { ConsumedCapacity } from '../capacity.ts';
import { consumedCapacity, writeUsage } from '../capacity.ts';
import type { Path } from '../expressions/syntax.ts';
import { carryOut, plan } from '../item-action.ts';
import type { Table } from '../table.ts';
import { returnedAttributes } from '../write-answer.ts';
import type { WireAttributes, WireAttributeValue } from '../wire.ts';
import { parseStatement } from './parse.ts';
import type { Statement } from './statement.ts';
import { writeAction } from './write-action.ts';

export interface StatementRequest {
  readonly Statement: string;
  readonly Parameters?: readonly WireAttributeValue[] | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

/** Throws ValidationException on what is no statement. */
export function parseRequest({ Statement, Parameters = [] }: StatementRequest): Statement {
  return parseStatement(
    Statement,
    Parameters.map((value) => parseAttributeValue(value)),
  );
}

export function tableOf(statement: Statement): string {
  return statement.kind === 'exists' ? statement.select.table : statement.table;
}

export interface Written {
  readonly item: WireAttributes | undefined;
  readonly capacity: ConsumedCapacity | undefined;
}

/** Carries out a statement that writes one item. */
export function executeWrite(
  statement: Exclude<Statement, { kind: 'select' }>,
  table: Table,
  request: StatementRequest & { readonly ReturnConsumedCapacity?: string | undefined },
  world: World,
): Written {
  const showItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const action = writeAction(statement, table.keySchema, showItem);
  const { before, after } = carryOut(plan(action, table), world);
  return {
    item: returned(statement, { before, after }, action.paths),
    capacity: consumedCapacity(table, [writeUsage(table, before, after)], request.ReturnConsumedCapacity),
  };
}

function returned(
  statement: Exclude<Statement, { kind: 'select' }>,
  versions: Parameters<typeof returnedAttributes>[1],
  paths: readonly Path[],
): WireAttributes | undefined {
  const wanted = 'returning' in statement ? statement.returning : undefined;
  return returnedAttributes(wanted, versions, paths);
}
