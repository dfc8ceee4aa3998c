import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { keptEvents } from './archive.ts';
import { eventJson } from './event.ts';
import type { Replay as ReplaySummary } from './generated/shapes.ts';
import { fire, matching } from './publish.ts';
import type { Bus, Replay } from './state.ts';

/** How long a replay stays in each of its passing states. AWS says nothing but that it may take minutes. */
const stateMs = 1000;

/** Starts to run a replay that has been taken in. */
export function runReplay(world: World, bus: Bus, replay: Replay): void {
  later(world, () => {
    if (replay.state !== 'STARTING') return;
    replay.state = 'RUNNING';
    later(world, () => {
      if (replay.state !== 'RUNNING') return;
      putAgain(world, bus, replay);
      end(world, replay, 'COMPLETED');
    });
  });
}

/** @throws AwsError IllegalStatusException where it has ended */
export function cancelReplay(world: World, replay: Replay): void {
  if (!isActive(replay)) {
    throw new AwsError('IllegalStatusException', `Replay ${replay.name} is not in a valid state for this operation.`);
  }
  replay.state = 'CANCELLING';
  later(world, () => end(world, replay, 'CANCELLED'));
}

export function isActive({ state }: Replay): boolean {
  return state === 'STARTING' || state === 'RUNNING';
}

export function replaySummary(replay: Replay): ReplaySummary {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archive.arn,
    State: replay.state,
    EventStartTime: new Date(replay.fromMs),
    EventEndTime: new Date(replay.toMs),
    EventLastReplayedTime: dateOf(replay.lastReplayedMs),
    ReplayStartTime: new Date(replay.startedMs),
    ReplayEndTime: dateOf(replay.endedMs),
  };
}

export function findReplay(replays: ReadonlyMap<string, Replay>, name: string): Replay {
  const replay = replays.get(name);
  if (replay === undefined) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
  return replay;
}

/** The events of the archive that occurred in that time, oldest first, for all rules or for those that are named. */
function putAgain(world: World, bus: Bus, replay: Replay): void {
  const { FilterArns } = replay.destination;
  const events = keptEvents(replay.archive, world)
    .map(({ event }) => ({ event: { ...event, replayName: replay.name }, timeMs: Date.parse(event.time) }))
    .filter(({ timeMs }) => timeMs >= replay.fromMs && timeMs <= replay.toMs)
    .sort((a, b) => a.timeMs - b.timeMs);
  for (const { event, timeMs } of events) {
    const json = eventJson(event);
    for (const rule of matching(bus, json)) {
      if (FilterArns === undefined || FilterArns.length === 0 || FilterArns.includes(rule.arn)) {
        fire(world, rule, event, json);
      }
    }
    replay.lastReplayedMs = timeMs;
  }
}

function end({ clock }: World, replay: Replay, state: 'COMPLETED' | 'CANCELLED'): void {
  replay.state = state;
  replay.endedMs = clock.epochMs();
}

function later({ clock }: World, work: () => void): void {
  clock.at(clock.epochMs() + stateMs, work);
}

function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}
