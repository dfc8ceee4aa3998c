import { AwsError } from '../../errors.ts';
import { eventsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import type { Archive } from '../archive.ts';
import { findBus } from '../find.ts';
import type { StartReplayRequest, StartReplayResponse } from '../generated/shapes.ts';
import { isActive, runReplay } from '../replay.ts';
import type { EventsState, Replay } from '../state.ts';

export default {
  handle: (input, state, { world }) => {
    const { ReplayName, EventStartTime, EventEndTime, Destination } = input;
    const archive = archiveOf(input.EventSourceArn, state);
    const bus = findBus(state, Destination.Arn);
    if (state.replays.has(ReplayName)) {
      throw new AwsError('ResourceAlreadyExistsException', `Replay ${ReplayName} already exists.`);
    }
    if (EventStartTime.getTime() >= EventEndTime.getTime()) {
      throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.');
    }
    if (bus.arn !== archive.sourceArn) throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.');
    if ([...state.replays.values()].filter(isActive).length >= eventsQuotas.activeReplaysMax) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const replay: Replay = {
      name: ReplayName,
      arn: `arn:aws:events:${world.region}:${world.accountId}:replay/${ReplayName}`,
      description: input.Description,
      archive,
      destination: Destination,
      fromMs: EventStartTime.getTime(),
      toMs: EventEndTime.getTime(),
      startedMs: world.clock.epochMs(),
      state: 'STARTING',
      lastReplayedMs: undefined,
      endedMs: undefined,
    };
    state.replays.set(ReplayName, replay);
    runReplay(world, bus, replay);
    return { ReplayArn: replay.arn, State: 'STARTING', ReplayStartTime: new Date(replay.startedMs) };
  },
} satisfies Operation<StartReplayRequest, StartReplayResponse, EventsState>;

function archiveOf(arn: string, { archives }: EventsState): Archive {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const archive = archives.get(name);
  if (archive === undefined) throw invalid('EventSourceArn', `Archive ${name} does not exist.`);
  return archive;
}

function invalid(parameter: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
}
