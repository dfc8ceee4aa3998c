import type { World } from '../service.ts';
import { keep } from './archive.ts';
import { dispatch } from './dispatch.ts';
import { eventJson } from './event.ts';
import type { BusEvent } from './event.ts';
import type { AppliedRule, Bus } from './state.ts';

/** Hands an event to the bus's archives and to the targets of every rule that it matches; nobody waits for them. */
export function publish(world: World, bus: Bus, event: BusEvent): void {
  if (bus.applied.size === 0 && bus.archives.size === 0) return;
  const json = eventJson(event);
  for (const archive of bus.archives) keep(archive, event, json, world);
  for (const rule of matching(bus, json)) fire(world, rule, event, json);
}

/** The rules that an event meets, by name. */
export function matching({ applied, patterns }: Bus, json: string): readonly AppliedRule[] {
  return patterns
    .matches(json)
    .sort()
    .flatMap((name) => applied.get(name) ?? []);
}

/** Sends an event to the targets of one rule, more than once where the world is so inclined. */
export function fire(world: World, rule: AppliedRule, event: BusEvent, json: string): void {
  const occasion = { event, json, rule, ingestedMs: world.clock.epochMs() };
  const ordinal = world.ordinal(rule.arn);
  for (const target of rule.targets) {
    const key = `${rule.arn} ${target.Id}#${ordinal}`;
    const copies = 1 + world.choose('ADV-EB-01', key, 4);
    for (let copy = 0; copy < copies; copy += 1) dispatch(world, target, occasion, copy === 0 ? key : `${key}.${copy}`);
  }
}
