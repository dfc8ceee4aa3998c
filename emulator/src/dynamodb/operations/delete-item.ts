import type { Operation } from '../../service.ts';
import { refuseConflict } from '../conflict.ts';
import type { DeleteItemInput, DeleteItemOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { carryOut, plan } from '../item-action.ts';
import { deleteAction } from '../item-requests.ts';
import { keyText } from '../recent-writes.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';
import { writeAnswer } from '../write-answer.ts';

export default {
  handle(input, state, { world }) {
    if (input.ReturnValues !== undefined && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
      throw invalid('ReturnValues can only be ALL_OLD or NONE');
    }
    const action = deleteAction(input);
    const table = usableTable(state, action.table);
    const planned = plan(action, table);
    throttle(table, 'DeleteItem', () => keyText(planned.key), world);
    refuseConflict(planned, false, world);
    return writeAnswer(input, planned, carryOut(planned, world));
  },
} satisfies Operation<DeleteItemInput, DeleteItemOutput, DynamoState>;
