import type { Operation } from '../../service.ts';
import { checkExpressionParameters } from '../expression-parameters.ts';
import { parseCondition } from '../expressions/condition.ts';
import type { Placeholders } from '../expressions/placeholders.ts';
import { placeholders } from '../expressions/placeholders.ts';
import { project } from '../expressions/projection.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { ScanInput, ScanOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { checkConditionalOperator } from '../item-requests.ts';
import { filterCondition } from '../legacy-conditions.ts';
import { checkStartKey, parseStartKey, readPage } from '../page.ts';
import { projectionPaths } from '../projector.ts';
import { checkSelect, mustFetch } from '../selection.ts';
import { segmentStart } from '../sort-key.ts';
import type { DynamoState } from '../table.ts';
import { indexNamed, usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';

export default {
  handle(input, state, { world }) {
    checkExpressionParameters(input, {
      expressions: ['ProjectionExpression', 'FilterExpression'],
      legacy: ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
    });
    checkSegments(input);
    const start = parseStartKey(input.ExclusiveStartKey);
    const names = placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
    const filter = filterOf(input, names);
    const paths = projectionPaths(input, names);
    names.requireUse();
    checkSelect(input, input.IndexName);
    const table = usableTable(state, input.TableName);
    const index = indexNamed(table, input.IndexName);
    const consistent = input.ConsistentRead === true;
    if (consistent && index?.scope === 'global') {
      throw invalid('Consistent reads are not supported on global secondary indexes');
    }
    checkStartKey(table, index, start);
    const fetch = mustFetch(table, index, input, paths);
    throttle(table, 'Scan', () => String(input.Segment ?? ''), world);
    const { Segment: segment = 0, TotalSegments: total = 1 } = input;
    return readPage(
      {
        table,
        index,
        range: { from: segmentStart(segment, total), to: segmentStart(segment + 1, total) },
        resource: `${table.name}/${index?.name ?? ''}*${segment}/${total}`,
        start,
        limit: input.Limit,
        consistent,
        filter,
        shape: (item) => (paths === undefined ? item : project(item, paths)),
        fetch,
        countOnly: input.Select === 'COUNT',
        capacity: input.ReturnConsumedCapacity,
      },
      world,
    );
  },
} satisfies Operation<ScanInput, ScanOutput, DynamoState>;

function checkSegments({ Segment, TotalSegments }: ScanInput): void {
  if (Segment !== undefined && TotalSegments === undefined) {
    throw invalid(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (TotalSegments !== undefined && Segment === undefined) {
    throw invalid(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (Segment !== undefined && TotalSegments !== undefined && Segment >= TotalSegments) {
    throw invalid(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  }
}

function filterOf(input: ScanInput, names: Placeholders): Condition | undefined {
  if (input.FilterExpression !== undefined) return parseCondition('FilterExpression', input.FilterExpression, names);
  const filter = input.ScanFilter ?? {};
  checkConditionalOperator(input.ConditionalOperator, Object.keys(filter).length);
  return filterCondition(filter, input.ConditionalOperator);
}
