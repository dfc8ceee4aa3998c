import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { CreateConnectionRequest } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  refuses: 'there are no connections; what is wrong with the input is said first, as AWS was recorded to say it',
  handle: () => {
    throw new AwsError('UnknownOperationException', '');
  },
} satisfies Operation<CreateConnectionRequest, never, EventsState>;
