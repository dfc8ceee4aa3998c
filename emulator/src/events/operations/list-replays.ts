import type { Operation } from '../../service.ts';
import type { ListReplaysRequest, ListReplaysResponse } from '../generated/shapes.ts';
import { byName, page } from '../page.ts';
import { replaySummary } from '../replay.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ NamePrefix = '', EventSourceArn, State, ...paging }, { replays }) => {
    const found = byName(replays.values()).filter(
      ({ name, archive, state }) =>
        name.startsWith(NamePrefix) &&
        (EventSourceArn === undefined || archive.arn === EventSourceArn) &&
        (State === undefined || state === State),
    );
    const { items, nextToken } = page(found, ({ name }) => name, paging);
    return { Replays: items.map(replaySummary), NextToken: nextToken };
  },
} satisfies Operation<ListReplaysRequest, ListReplaysResponse, EventsState>;
