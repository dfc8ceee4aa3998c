import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { describeTable } from '../describe-table.ts';
import { validationError } from '../../validation.ts';
import type { CreateTableInput, CreateTableOutput, KeySchemaElement } from '../generated/shapes.ts';
import { activateLater } from '../lifecycle.ts';
import { newTable } from '../new-table.ts';
import { enableStream } from '../stream-lifecycle.ts';
import { streamView } from '../stream-view.ts';
import type { DynamoState } from '../table.ts';
import { tableDefinition } from '../table-definition.ts';
import { refuseUnsupported } from '../../unsupported.ts';
import { checkedTableName } from '../table-names.ts';

export default {
  caveat: 'a KMS key is named, nothing is encrypted',
  handle(input, state, { world }) {
    const name = checkedTableName(input.TableName, { isNew: true });
    refuseUnsupported(input, ['VectorIndexes', 'GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode']);
    checkKeyCount(input.KeySchema ?? []);
    const definition = tableDefinition(input);
    const view = streamView(input.StreamSpecification);
    if (state.tables.has(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    const table = newTable(name, definition, input, world);
    state.tables.set(name, table);
    if (view !== undefined) enableStream(state, table, view, world);
    activateLater(table, world);
    return { TableDescription: describeTable(table, { warm: false }) };
  },
} satisfies Operation<CreateTableInput, CreateTableOutput, DynamoState>;

/** The model does not say what DynamoDB was seen to answer. */
function checkKeyCount(elements: readonly KeySchemaElement[]): void {
  if (elements.length <= 2) return;
  const shown = elements.map(
    ({ AttributeName, KeyType }) => `KeySchemaElement(attributeName=${AttributeName}, keyType=${KeyType})`,
  );
  const constraint = 'Member must have length less than or equal to 2';
  throw validationError([
    { path: 'keySchema', member: 'KeySchema', value: `[${shown.join(', ')}]`, constraint, kind: 'length' },
  ]);
}
