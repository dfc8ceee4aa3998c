import type { Operation } from '../../service.ts';
import type { CancelReplayRequest, CancelReplayResponse } from '../generated/shapes.ts';
import { cancelReplay, findReplay } from '../replay.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ReplayName }, { replays }, { world }) => {
    const replay = findReplay(replays, ReplayName);
    cancelReplay(world, replay);
    return { ReplayArn: replay.arn, State: replay.state };
  },
} satisfies Operation<CancelReplayRequest, CancelReplayResponse, EventsState>;
