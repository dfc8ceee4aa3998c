import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { CreateConnectionRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

/** There are no connections here. What is wrong with the input is still said first, as AWS was recorded to say it. */
export default {
  handle: () => {
    throw new AwsError('UnknownOperationException', '');
  },
} satisfies Operation<CreateConnectionRequest, never, EventsState>;
