import type { Operation } from '../../service.ts';
import { archiveSummary } from '../archive.ts';
import { findBus } from '../find.ts';
import type { ListArchivesRequest, ListArchivesResponse } from '../generated/shapes.ts';
import { byName, page } from '../page.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ NamePrefix = '', EventSourceArn, State, ...paging }, state, { world }) => {
    const bus = EventSourceArn === undefined ? undefined : findBus(state, EventSourceArn);
    const found = byName(bus?.archives ?? state.archives.values()).filter(
      ({ name }) => name.startsWith(NamePrefix) && (State === undefined || State === 'ENABLED'),
    );
    const { items, nextToken } = page(found, ({ name }) => name, paging);
    return { Archives: items.map((archive) => archiveSummary(archive, world)), NextToken: nextToken };
  },
} satisfies Operation<ListArchivesRequest, ListArchivesResponse, EventsState>;
