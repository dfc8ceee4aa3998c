import { AwsError } from '../../errors.ts';
import { eventsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import type { CreateEventBusRequest, CreateEventBusResponse } from '../generated/shapes.ts';
import { createBus } from '../state.ts';
import type { EventsState } from '../state.ts';
import { setTags } from '../tags.ts';

export default {
  handle: (input, { buses }, { world }) => {
    const { Name, Description, KmsKeyIdentifier, DeadLetterConfig, Tags } = input;
    if (buses.has(Name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
    }
    if (Name.includes('/') && input.EventSourceName === undefined) {
      throw new AwsError('ValidationException', "Event bus name must not contain '/'.");
    }
    if (buses.size > eventsQuotas.busesMax) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const bus = createBus(world, Name);
    bus.description = Description;
    bus.kmsKeyIdentifier = KmsKeyIdentifier;
    bus.deadLetterArn = DeadLetterConfig?.Arn;
    setTags(bus.tags, Tags);
    buses.set(Name, bus);
    return { EventBusArn: bus.arn, Description, KmsKeyIdentifier, DeadLetterConfig };
  },
} satisfies Operation<CreateEventBusRequest, CreateEventBusResponse, EventsState>;
