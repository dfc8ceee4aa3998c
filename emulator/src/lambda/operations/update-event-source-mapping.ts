import type { Operation } from '../../service.ts';
import { findMapping } from '../find-mapping.ts';
import type { EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from '../generated/shapes.ts';
import { renderMapping } from '../mapping.ts';
import { mappingSettings } from '../mapping-settings.ts';
import { restartMapping } from '../start-mapping.ts';
import type { LambdaState } from '../state.ts';

const updateEventSourceMapping: Operation<
  UpdateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  LambdaState
> = {
  handle({ UUID, Enabled, ...request }, state, { world }) {
    const mapping = findMapping(state, UUID);
    const wasEnabled = mapping.enabled;
    mapping.settings = mappingSettings(world, state, mapping, request, mapping.settings);
    mapping.enabled = Enabled ?? wasEnabled;
    mapping.modifiedMs = world.clock.epochMs();
    restartMapping(world, state, mapping);
    const enabling = mapping.enabled ? 'Enabling' : 'Disabling';
    return renderMapping(world, mapping, mapping.enabled === wasEnabled ? 'Updating' : enabling);
  },
};

export default updateEventSourceMapping;
