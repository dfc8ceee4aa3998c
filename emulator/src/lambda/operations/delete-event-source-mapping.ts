import type { Operation } from '../../service.ts';
import { findMapping } from '../find-mapping.ts';
import type { DeleteEventSourceMappingRequest, EventSourceMappingConfiguration } from '../generated/shapes.ts';
import { renderMapping } from '../mapping.ts';
import type { LambdaState } from '../state.ts';

const deleteEventSourceMapping: Operation<
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  LambdaState
> = {
  handle({ UUID }, state, { world }) {
    const mapping = findMapping(state, UUID);
    mapping.run += 1;
    state.mappings.delete(UUID);
    return renderMapping(world, mapping, 'Deleting');
  },
};

export default deleteEventSourceMapping;
