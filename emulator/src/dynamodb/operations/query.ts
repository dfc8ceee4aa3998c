import type { Operation } from '../../service.ts';
import { attributesFrom } from '../attribute-value.ts';
import { checkExpressionParameters } from '../expression-parameters.ts';
import { parseCondition } from '../expressions/condition.ts';
import type { Placeholders } from '../expressions/placeholders.ts';
import { placeholders } from '../expressions/placeholders.ts';
import { project } from '../expressions/projection.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { QueryInput, QueryOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { checkConditionalOperator } from '../item-requests.ts';
import type { KeyTerm } from '../key-condition.ts';
import { keyCondition, keyRange, keyTerms } from '../key-condition.ts';
import type { KeySchema } from '../key-schema.ts';
import { keyAttributes } from '../key-schema.ts';
import { filterCondition, legacyKeyTerms } from '../legacy-conditions.ts';
import { checkStartKey, parseStartKey, readPage } from '../page.ts';
import { projectionPaths } from '../projector.ts';
import { keyText } from '../recent-writes.ts';
import { namesIn } from '../expressions/names.ts';
import { checkSelect, mustFetch } from '../selection.ts';
import type { DynamoState } from '../table.ts';
import { indexNamed, usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';

export default {
  handle(input, state, { world }) {
    checkExpressionParameters(input, {
      expressions: ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
      legacy: ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'],
    });
    const start = parseStartKey(input.ExclusiveStartKey);
    const names = placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
    // Syntax first, then what a key condition may say.
    const keys =
      input.KeyConditionExpression === undefined ? undefined : parseKeys(input.KeyConditionExpression, names);
    const filter = filterOf(input, names);
    const paths = projectionPaths(input, names);
    const terms = keys === undefined ? legacyTermsOf(input) : keyTerms(keys);
    names.requireUse();
    checkSelect(input, input.IndexName);
    const table = usableTable(state, input.TableName);
    const index = indexNamed(table, input.IndexName);
    const consistent = input.ConsistentRead === true;
    if (consistent && index?.scope === 'global') {
      throw invalid('Consistent reads are not supported on global secondary indexes');
    }
    const schema = index?.keySchema ?? table.keySchema;
    const condition = keyCondition(schema, terms);
    if (filter !== undefined) refuseKeys(schema, filter, input.QueryFilter === undefined);
    checkStartKey(table, index, start);
    const fetch = mustFetch(table, index, input, paths);
    const hash = keyText(attributesFrom([[schema.hash.name, condition.hash]]));
    throttle(table, 'Query', () => hash, world);
    return readPage(
      {
        table,
        index,
        range: keyRange(condition, input.ScanIndexForward === false),
        resource: `${table.name}/${index?.name ?? ''}${hash}`,
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
} satisfies Operation<QueryInput, QueryOutput, DynamoState>;

function parseKeys(expression: string, names: Placeholders): Condition {
  return parseCondition('KeyConditionExpression', expression, names);
}

function legacyTermsOf(input: QueryInput): readonly KeyTerm[] {
  if (input.KeyConditions !== undefined) return legacyKeyTerms(input.KeyConditions);
  throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
}

function filterOf(input: QueryInput, names: Placeholders): Condition | undefined {
  if (input.FilterExpression !== undefined) return parseCondition('FilterExpression', input.FilterExpression, names);
  const filter = input.QueryFilter ?? {};
  checkConditionalOperator(input.ConditionalOperator, Object.keys(filter).length);
  return filterCondition(filter, input.ConditionalOperator);
}

/** What the key condition decides the filter may not decide again. */
function refuseKeys(schema: KeySchema, filter: Condition, expression: boolean): void {
  const used = namesIn(filter);
  const key = keyAttributes(schema).find(({ name }) => used.has(name));
  if (key === undefined) return;
  const parameter = expression ? 'Filter Expression' : 'QueryFilter';
  throw invalid(`${parameter} can only contain non-primary key attributes: Primary key attribute: ${key.name}`);
}
