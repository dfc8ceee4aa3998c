import { isRecord } from '../codecs/json.ts';
import { uuid } from '../ids.ts';
import { textOf } from '../late-text.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import type { BusEvent } from './event.ts';
import { busName } from './find.ts';
import { mayPutEvents } from './policy.ts';
import { publish } from './publish.ts';
import type { EventsState } from './state.ts';

/** Takes what a rule of another bus sends to one of this service's buses. */
export async function receive(delivery: Delivery, { buses }: EventsState, world: World): Promise<DeliveryResult> {
  const bus = buses.get(busName(delivery.targetArn));
  if (bus === undefined) {
    return refuse('ResourceNotFoundException', `Event bus ${busName(delivery.targetArn)} does not exist.`);
  }
  const [, , , sourceRegion = '', sourceAccount = ''] = delivery.sourceArn.split(':');
  if (!mayPutEvents(bus, sourceAccount)) {
    return refuse('AccessDeniedException', `'${sourceAccount}' may not put events on '${bus.arn}'.`);
  }
  const event = readEvent(delivery);
  if (event === undefined) return refuse('InvalidParameterException', 'What the rule sends is not an event.');
  // An event that crosses Regions gets a new id, as was recorded.
  const own = sourceRegion === world.region ? event : { ...event, id: uuid(world.random) };
  // A step of its own, so that buses that send to each other do not starve everything else.
  world.clock.at(world.clock.epochMs(), () => publish(world, bus, own), 'work', `bus ${bus.arn}`);
  return { ok: true };
}

function refuse(code: string, message: string): DeliveryResult {
  return { ok: false, retryable: false, code, message };
}

function readEvent({ body, traceHeader }: Delivery): BusEvent | undefined {
  const event = parse(textOf(body));
  if (!isRecord(event) || !isRecord(event['detail'])) return undefined;
  const text = (name: string): string => {
    const value = event[name];
    return typeof value === 'string' ? value : '';
  };
  const resources = event['resources'];
  const replayName = text('replay-name');
  return {
    id: text('id'),
    detailType: text('detail-type'),
    source: text('source'),
    accountId: text('account'),
    time: text('time'),
    region: text('region'),
    ...(replayName !== '' && { replayName }),
    resources: Array.isArray(resources) ? resources.filter((resource) => typeof resource === 'string') : [],
    detail: JSON.stringify(event['detail']),
    traceHeader,
  };
}

/** A template may have made something that is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
