import type { Operation } from '../../service.ts';
import type { ListEventBusesRequest, ListEventBusesResponse } from '../generated/shapes.ts';
import { byName, page } from '../page.ts';
import { policyDocument } from '../policy.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ NamePrefix = '', ...paging }, { buses }) => {
    const found = byName(buses.values()).filter(({ name }) => name.startsWith(NamePrefix));
    const { items, nextToken } = page(found, ({ name }) => name, paging);
    return {
      EventBuses: items.map((bus) => ({
        Name: bus.name,
        Arn: bus.arn,
        Description: bus.description,
        Policy: policyDocument(bus),
        CreationTime: new Date(bus.createdMs),
        LastModifiedTime: new Date(bus.modifiedMs),
      })),
      NextToken: nextToken,
    };
  },
} satisfies Operation<ListEventBusesRequest, ListEventBusesResponse, EventsState>;
