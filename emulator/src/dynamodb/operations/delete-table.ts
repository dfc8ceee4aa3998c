import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { describeCore } from '../describe-table.ts';
import type { DeleteTableInput, DeleteTableOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { deleteLater } from '../lifecycle.ts';
import { forgetReplica } from '../replicas.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle({ TableName }, state, { world }) {
    const table = knownTable(state, TableName);
    if (table.deletionProtection) {
      throw invalid(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    }
    if (table.status !== 'ACTIVE') {
      const doing = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' }[table.status];
      throw new AwsError(
        'ResourceInUseException',
        `Attempt to change a resource which is still in use: Table is being ${doing}: ${table.name}`,
      );
    }
    forgetReplica(table, world.region, world);
    deleteLater(state, table, world);
    return { TableDescription: describeCore(table) };
  },
} satisfies Operation<DeleteTableInput, DeleteTableOutput, DynamoState>;
