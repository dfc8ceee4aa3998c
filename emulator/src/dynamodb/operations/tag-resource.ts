import type { Operation } from '../../service.ts';
import type { TagResourceInput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { checkTags, taggedTable } from '../tags.ts';

export default {
  handle({ ResourceArn, Tags }, state) {
    const table = taggedTable(state, ResourceArn, 'dynamodb:TagResource');
    checkTags(table, Tags);
    for (const { Key, Value } of Tags) table.tags.set(Key, Value);
    return undefined;
  },
} satisfies Operation<TagResourceInput, undefined, DynamoState>;
