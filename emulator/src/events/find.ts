import { AwsError } from '../errors.ts';
import type { Bus, EventsState, Rule } from './state.ts';

/** The bus of that name or ARN; the default one where none is named. */
export function findBus({ buses }: EventsState, nameOrArn = 'default'): Bus {
  const name = busName(nameOrArn);
  const bus = buses.get(name);
  if (bus === undefined) throw notFound(`Event bus ${name} does not exist.`);
  return bus;
}

export function findRule(bus: Bus, name: string): Rule {
  const rule = bus.rules.get(name);
  if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

/** What carries tags: a bus or a rule, by ARN. */
export function findTagged(state: EventsState, arn: string): Bus | Rule {
  const [, , service, , , resource = ''] = arn.split(':');
  const [kind, ...path] = resource.split('/');
  if (service === 'events' && kind === 'event-bus') return findBus(state, arn);
  if (service === 'events' && kind === 'rule') {
    const name = path.at(-1) ?? '';
    return findRule(findBus(state, path.length > 1 ? path.slice(0, -1).join('/') : 'default'), name);
  }
  throw new AwsError('ValidationException', 'Parameter ResourceARN is not valid.');
}

/** `arn:aws:events:…:event-bus/NAME` → `NAME`; a name stays one. */
export function busName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
