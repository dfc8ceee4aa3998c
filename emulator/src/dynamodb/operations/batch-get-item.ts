import type { Operation, World } from '../../service.ts';
import type { Attributes } from '../attribute-value.ts';
import { parseAttributes, toWireAttributes } from '../attribute-value.ts';
import { chance } from '../chance.ts';
import type { ConsumedCapacity, Usage } from '../capacity.ts';
import { consumedCapacity, readUnits } from '../capacity.ts';
import { checkExpressionParameters } from '../expression-parameters.ts';
import { placeholders } from '../expressions/placeholders.ts';
import { project } from '../expressions/projection.ts';
import type { Path } from '../expressions/syntax.ts';
import type { BatchGetItemInput, BatchGetItemOutput, KeysAndAttributes } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { checkRequestKey } from '../key-schema.ts';
import { projectionPaths } from '../projector.ts';
import { readItem } from '../read.ts';
import { keyText } from '../recent-writes.ts';
import type { DynamoState, Table } from '../table.ts';
import { usableTable } from '../tables.ts';
import type { WireAttributes } from '../wire.ts';
import { itemPosition } from '../write.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ RequestItems, ReturnConsumedCapacity }, state, { world }) {
    const requests = Object.entries(RequestItems).map(([name, request]) => parseRequest(name, request));
    if (requests.reduce((count, { keys }) => count + keys.length, 0) > dynamodbQuotas.batchGetKeysMax) {
      throw invalid('Too many items requested for the BatchGetItem call');
    }
    const lookups = requests.map((request) => {
      const table = usableTable(state, request.name);
      for (const key of request.keys) checkRequestKey(table.keySchema, key);
      if (new Set(request.keys.map((key) => itemPosition(table, key))).size < request.keys.length) {
        throw invalid('Provided list of item keys contains duplicates');
      }
      return { ...request, table };
    });
    const budget = { bytes: dynamodbQuotas.batchGetBytesMax };
    const answers = lookups.map((lookup) => read(lookup, budget, ReturnConsumedCapacity, world));
    return {
      Responses: Object.fromEntries(answers.map(({ name, items }) => [name, items])),
      UnprocessedKeys: Object.fromEntries(
        answers.flatMap(({ name, rest }) => (rest === undefined ? [] : [[name, rest]])),
      ),
      ...(ReturnConsumedCapacity !== undefined &&
        ReturnConsumedCapacity !== 'NONE' && { ConsumedCapacity: answers.flatMap(({ capacity }) => capacity ?? []) }),
    };
  },
} satisfies Operation<BatchGetItemInput, BatchGetItemOutput, DynamoState>;

interface Request {
  readonly name: string;
  readonly wire: KeysAndAttributes;
  readonly keys: readonly Attributes[];
  readonly paths: readonly Path[] | undefined;
}

function parseRequest(name: string, wire: KeysAndAttributes): Request {
  checkExpressionParameters(wire, { expressions: ['ProjectionExpression'], legacy: ['AttributesToGet'] });
  const names = placeholders(wire.ExpressionAttributeNames, undefined);
  const paths = projectionPaths(wire, names);
  names.requireUse();
  return { name, wire, keys: wire.Keys.map((key) => parseAttributes(key)), paths };
}

interface Answer {
  readonly name: string;
  readonly items: readonly WireAttributes[];
  readonly rest: KeysAndAttributes | undefined;
  readonly capacity: ConsumedCapacity | undefined;
}

function read(
  { name, wire, keys, paths, table }: Request & { readonly table: Table },
  budget: { bytes: number },
  detail: string | undefined,
  world: World,
): Answer {
  const consistent = wire.ConsistentRead === true;
  const items: WireAttributes[] = [];
  const usages: Usage[] = [];
  const left: Attributes[] = [];
  for (const key of keys) {
    const processed = !isLeft(table, key, world);
    const stored = processed ? readItem(table, key, consistent, world) : undefined;
    if (!processed || (stored?.bytes ?? 0) > budget.bytes) {
      left.push(key);
      continue;
    }
    usages.push({ table: readUnits(stored?.bytes ?? 0, consistent ? 'strong' : 'eventual'), indexes: new Map() });
    if (stored === undefined) continue;
    budget.bytes -= stored.bytes;
    items.push(toWireAttributes(paths === undefined ? stored.item : project(stored.item, paths)));
  }
  const rest = left.length === 0 ? undefined : { ...wire, Keys: left.map(toWireAttributes) };
  return { name, items, rest, capacity: consumedCapacity(table, usages, detail) };
}

function isLeft(table: Table, key: Attributes, world: World): boolean {
  return chance(world, 'ADV-DDB-10', () => `${table.name}/get/${keyText(key)}`, 2) === 1;
}
