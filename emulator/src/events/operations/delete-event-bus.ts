import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { DeleteEventBusRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name }, { buses }) => {
    if (Name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    const bus = buses.get(Name);
    if (bus === undefined) return;
    // No page has the words for a bus that still has rules.
    if (bus.rules.size > 0)
      throw new AwsError('ValidationException', `Event bus ${Name} can't be deleted since it has rules.`);
    buses.delete(Name);
  },
} satisfies Operation<DeleteEventBusRequest, void, EventsState>;
