import { AwsError } from '../../errors.ts';
import { eventsQuotas } from '../../quotas.ts';
import { uuid } from '../../ids.ts';
import type { CallContext, Operation, World } from '../../service.ts';
import { entryProblem, entriesBytes } from '../entry.ts';
import { compactJson } from '../compact-json.ts';
import { createEvent } from '../event.ts';
import { busName } from '../find.ts';
import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '../generated/shapes.ts';
import { mayPutEvents } from '../policy.ts';
import { publish } from '../publish.ts';
import service from '../service.ts';
import type { Bus, EventsState } from '../state.ts';

export default {
  handle: ({ Entries }, state, context) => {
    const { world } = context;
    const bus = busName(Entries[0]?.EventBusName ?? 'default');
    const key = `${bus}#${world.ordinal(`PutEvents ${bus}`)}`;
    if (world.choose('ADV-EB-10', key, 2) === 1) {
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    }
    if (entriesBytes(Entries) > eventsQuotas.requestBytesMax) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results = Entries.map((entry, index) => putEntry(entry, state, context, `${key}.${index}`));
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
  },
} satisfies Operation<PutEventsRequest, PutEventsResponse, EventsState>;

function putEntry(
  entry: PutEventsRequestEntry,
  state: EventsState,
  { world, traceHeader }: CallContext,
  key: string,
): PutEventsResultEntry {
  const problem = entryProblem(entry);
  if (problem !== undefined) return problem;
  const failure = failures[world.choose('ADV-EB-07', key, failures.length)];
  if (failure !== undefined) return failure;
  const place = placeOf(entry.EventBusName, state, world);
  // What is put on a bus that is not there is taken and dropped.
  if (place === undefined) return { EventId: uuid(world.random) };
  if (!mayPutEvents(place.bus, world.accountId)) {
    const message = `${world.accountId} has no permission to put events on ${place.bus.arn}.`;
    return { ErrorCode: 'AccessDeniedException', ErrorMessage: message };
  }
  const event = createEvent(world, {
    source: entry.Source ?? '',
    detailType: entry.DetailType ?? '',
    detail: compactJson(entry.Detail ?? ''),
    resources: entry.Resources,
    timeMs: entry.Time?.getTime(),
    traceHeader: entry.TraceHeader ?? traceHeader,
  });
  publish(place.world, place.bus, event);
  return { EventId: event.id };
}

const failures: readonly (PutEventsResultEntry | undefined)[] = [
  undefined,
  { ErrorCode: 'InternalFailure', ErrorMessage: 'An internal error occurred. Please try again.' },
  { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' },
];

/** The bus of that name, or the one an ARN names in another account. */
function placeOf(
  nameOrArn: string | undefined,
  state: EventsState,
  world: World,
): { readonly bus: Bus; readonly world: World } | undefined {
  const name = busName(nameOrArn ?? 'default');
  const accountId = nameOrArn?.startsWith('arn:') ? nameOrArn.split(':')[4] : undefined;
  const owner = accountId === undefined || accountId === world.accountId ? world : world.sibling({ accountId });
  const bus = owner === world ? state.buses.get(name) : owner?.state(service).buses.get(name);
  return bus === undefined || owner === undefined ? undefined : { bus, world: owner };
}
