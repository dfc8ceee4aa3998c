import { AwsError } from '../../errors.ts';
import { hex } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import { describeBackup } from '../backups.ts';
import type { CreateBackupInput, CreateBackupOutput } from '../generated/shapes.ts';
import { emptyIndex } from '../new-table.ts';
import type { Backup, DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle({ TableName, BackupName }, state, { world }) {
    const table = knownTable(state, TableName, 'TableNotFoundException');
    if (table.status !== 'ACTIVE') throw new AwsError('TableInUseException', `Table is not active: ${table.name}`);
    const createdAtMs = Math.floor(world.clock.epochMs());
    const arn = `${table.arn}/backup/${String(createdAtMs).padStart(14, '0')}-${hex(world.random, 8)}`;
    const backup: Backup = {
      arn,
      name: BackupName,
      createdAtMs,
      bytes: table.bytes,
      table: { ...table, itemCount: table.items.size, indexes: [...table.indexes.values()].map(emptyIndex) },
      items: Array.from(table.items.entries({ from: '' }), ([, stored]) => stored),
    };
    state.backups.set(arn, backup);
    return { BackupDetails: describeBackup(backup) };
  },
} satisfies Operation<CreateBackupInput, CreateBackupOutput, DynamoState>;
