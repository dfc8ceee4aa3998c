import type { Operation } from '../../service.ts';
import { refuseConflict } from '../conflict.ts';
import type { UpdateItemInput, UpdateItemOutput } from '../generated/shapes.ts';
import { carryOut, plan } from '../item-action.ts';
import { updateAction } from '../item-requests.ts';
import { keyText } from '../recent-writes.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';
import { writeAnswer } from '../write-answer.ts';

export default {
  handle(input, state, { world }) {
    const action = updateAction(input);
    const table = usableTable(state, action.table);
    const planned = plan(action, table);
    throttle(table, 'UpdateItem', () => keyText(planned.key), world);
    refuseConflict(planned, false, world);
    return writeAnswer(input, planned, carryOut(planned, world), action.paths);
  },
} satisfies Operation<UpdateItemInput, UpdateItemOutput, DynamoState>;
