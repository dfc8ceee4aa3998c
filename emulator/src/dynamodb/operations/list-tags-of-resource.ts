import type { Operation } from '../../service.ts';
import type { ListTagsOfResourceInput, ListTagsOfResourceOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import type { DynamoState } from '../table.ts';
import { taggedTable } from '../tags.ts';

/** Ours: AWS gives no page size; no table has more tags. */
const PAGE_MAX = 50;

export default {
  handle({ ResourceArn, NextToken }, state) {
    const tags = [...taggedTable(state, ResourceArn, 'dynamodb:ListTagsOfResource').tags];
    const start = NextToken === undefined ? 0 : Number(NextToken);
    if (!Number.isInteger(start)) throw invalid('Invalid NextToken');
    const page = tags.slice(start, start + PAGE_MAX);
    return {
      Tags: page.map(([Key, Value]) => ({ Key, Value })),
      ...(start + PAGE_MAX < tags.length && { NextToken: String(start + PAGE_MAX) }),
    };
  },
} satisfies Operation<ListTagsOfResourceInput, ListTagsOfResourceOutput, DynamoState>;
