import { uuid } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import { checkSource } from '../check-source.ts';
import type { CreateEventSourceMappingRequest, EventSourceMappingConfiguration } from '../generated/shapes.ts';
import { renderMapping } from '../mapping.ts';
import type { Mapping } from '../mapping.ts';
import { mappingSettings } from '../mapping-settings.ts';
import { restartMapping } from '../start-mapping.ts';
import type { LambdaState } from '../state.ts';

const createEventSourceMapping: Operation<
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  LambdaState
> = {
  caveat: 'queues and DynamoDB streams',
  async handle(input, state, { world }) {
    const kind = await checkSource(world, state, input);
    const source = { kind, sourceArn: input.EventSourceArn ?? '' };
    const mapping: Mapping = {
      ...source,
      id: uuid(world.random),
      tags: new Map(Object.entries(input.Tags ?? {})),
      settings: mappingSettings(world, state, source, input),
      enabled: input.Enabled ?? true,
      modifiedMs: world.clock.epochMs(),
      lastResult: 'No records processed',
      run: 0,
      batches: 0,
    };
    state.mappings.set(mapping.id, mapping);
    restartMapping(world, state, mapping);
    // Recorded of a queue's mapping; of a stream's there is no recording.
    const isIdle = kind === 'queue' && !mapping.enabled;
    return renderMapping(world, mapping, isIdle ? 'Disabled' : 'Creating');
  },
};

export default createEventSourceMapping;
