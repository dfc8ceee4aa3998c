import type { Operation } from '../../service.ts';
import type { DescribeReplayRequest, DescribeReplayResponse } from '../generated/shapes.ts';
import { findReplay, replaySummary } from '../replay.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ReplayName }, { replays }) => {
    const replay = findReplay(replays, ReplayName);
    return {
      ...replaySummary(replay),
      ReplayArn: replay.arn,
      Description: replay.description,
      Destination: replay.destination,
    };
  },
} satisfies Operation<DescribeReplayRequest, DescribeReplayResponse, EventsState>;
