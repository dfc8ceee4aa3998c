import type { Operation } from '../../service.ts';
import { findMapping } from '../find-mapping.ts';
import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from '../generated/shapes.ts';
import { renderMapping, stateOf } from '../mapping.ts';
import type { LambdaState } from '../state.ts';

const getEventSourceMapping: Operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration, LambdaState> = {
  handle({ UUID }, state, { world }) {
    const mapping = findMapping(state, UUID);
    return renderMapping(world, mapping, stateOf(mapping));
  },
};

export default getEventSourceMapping;
