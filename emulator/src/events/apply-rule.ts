import type { World } from '../service.ts';
import { fire } from './publish.ts';
import { createEvent, eventJson } from './event.ts';
import { nextFireMs } from './schedule.ts';
import type { AppliedRule, Bus, Rule } from './state.ts';

/** How long the world may go on with a rule and targets as they were. */
const staleMs = [0, 1000, 10_000, 60_000] as const;

/** Lets events meet the rule as it is now, at once or, where the world is so inclined, a while later. */
export function applyRule(world: World, bus: Bus, rule: Rule): void {
  const key = `${rule.arn}#${world.ordinal(`change ${rule.arn}`)}`;
  const lateMs = staleMs[world.choose('ADV-EB-09', key, staleMs.length)] ?? 0;
  if (lateMs === 0) applyNow(bus, rule.name);
  else world.clock.at(world.clock.epochMs() + lateMs, () => applyNow(bus, rule.name));
}

function applyNow(bus: Bus, name: string): void {
  const rule = bus.rules.get(name);
  if (rule === undefined || rule.state === 'DISABLED') {
    bus.applied.delete(name);
    bus.patterns.delete(name);
    return;
  }
  const { arn, eventPattern, targets } = rule;
  bus.applied.set(name, { name, arn, targets: [...targets.values()] });
  if (eventPattern === undefined) bus.patterns.delete(name);
  else bus.patterns.add(name, eventPattern);
}

/** Ends the rule's schedule, if one runs, and starts the one it has now. */
export function restartSchedule(world: World, bus: Bus, rule: Rule): void {
  rule.endSchedule?.();
  rule.endSchedule = undefined;
  const expression = rule.scheduleExpression;
  if (expression === undefined || rule.state === 'DISABLED') return;
  const anchorMs = world.clock.epochMs();
  const wait = (fromMs: number): void => {
    const slotMs = nextFireMs(expression, anchorMs, fromMs);
    if (slotMs === undefined) return;
    // A rule fires anywhere inside its minute.
    const lateMs = 1000 * world.choose('ADV-EB-12', `${rule.arn}@${slotMs}`, 60);
    rule.endSchedule = world.clock.at(slotMs + lateMs, () => {
      wait(slotMs);
      const applied = bus.applied.get(rule.name);
      if (applied !== undefined) fireSchedule(world, applied);
    });
  };
  wait(anchorMs);
}

function fireSchedule(world: World, rule: AppliedRule): void {
  const event = createEvent(world, {
    source: 'aws.events',
    detailType: 'Scheduled Event',
    detail: '{}',
    resources: [rule.arn],
  });
  fire(world, rule, event, eventJson(event));
}
