import type { Operation } from '../../service.ts';
import type { UntagResourceInput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { taggedTable } from '../tags.ts';

export default {
  handle({ ResourceArn, TagKeys }, state) {
    const table = taggedTable(state, ResourceArn, 'dynamodb:UntagResource');
    for (const key of TagKeys) table.tags.delete(key);
    return undefined;
  },
} satisfies Operation<UntagResourceInput, undefined, DynamoState>;
