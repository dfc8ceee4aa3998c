import type { Operation } from '../../service.ts';
import { parseAttributes, toWireAttributes } from '../attribute-value.ts';
import { consumedCapacity, readUnits } from '../capacity.ts';
import { checkExpressionParameters } from '../expression-parameters.ts';
import { placeholders } from '../expressions/placeholders.ts';
import { project } from '../expressions/projection.ts';
import type { GetItemInput, GetItemOutput } from '../generated/shapes.ts';
import { checkRequestKey } from '../key-schema.ts';
import { projectionPaths } from '../projector.ts';
import { readItem } from '../read.ts';
import { keyText } from '../recent-writes.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';

export default {
  handle(input, state, { world }) {
    checkExpressionParameters(input, { expressions: ['ProjectionExpression'], legacy: ['AttributesToGet'] });
    const key = parseAttributes(input.Key);
    const names = placeholders(input.ExpressionAttributeNames, undefined);
    const paths = projectionPaths(input, names);
    names.requireUse();
    const table = usableTable(state, input.TableName);
    checkRequestKey(table.keySchema, key);
    throttle(table, 'GetItem', () => keyText(key), world);
    const consistent = input.ConsistentRead === true;
    const stored = readItem(table, key, consistent, world);
    const units = readUnits(stored?.bytes ?? 0, consistent ? 'strong' : 'eventual');
    const capacity = consumedCapacity(table, [{ table: units, indexes: new Map() }], input.ReturnConsumedCapacity);
    return {
      ...(stored && { Item: toWireAttributes(paths === undefined ? stored.item : project(stored.item, paths)) }),
      ...(capacity && { ConsumedCapacity: capacity }),
    };
  },
} satisfies Operation<GetItemInput, GetItemOutput, DynamoState>;
