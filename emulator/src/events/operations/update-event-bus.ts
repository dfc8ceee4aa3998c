import type { Operation } from '../../service.ts';
import { findBus } from '../find.ts';
import type { UpdateEventBusRequest, UpdateEventBusResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name, Description, KmsKeyIdentifier, DeadLetterConfig }, state, { world }) => {
    const bus = findBus(state, Name);
    bus.description = Description ?? bus.description;
    bus.kmsKeyIdentifier = KmsKeyIdentifier ?? bus.kmsKeyIdentifier;
    bus.deadLetterArn = DeadLetterConfig === undefined ? bus.deadLetterArn : DeadLetterConfig.Arn;
    bus.modifiedMs = world.clock.epochMs();
    return { Arn: bus.arn, Name: bus.name, Description, KmsKeyIdentifier, DeadLetterConfig };
  },
} satisfies Operation<UpdateEventBusRequest, UpdateEventBusResponse, EventsState>;
