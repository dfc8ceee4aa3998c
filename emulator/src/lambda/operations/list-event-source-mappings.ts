import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { ListEventSourceMappingsRequest, ListEventSourceMappingsResponse } from '../generated/shapes.ts';
import { renderMapping, stateOf } from '../mapping.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listEventSourceMappings: Operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse, LambdaState> =
  {
    handle({ EventSourceArn, FunctionName, Marker, MaxItems }, state, { world }) {
      const name = FunctionName === undefined ? undefined : parseFunctionName(FunctionName, world).name;
      const mappings = [...state.mappings.values()].filter(
        ({ sourceArn, settings }) =>
          (EventSourceArn === undefined || sourceArn === EventSourceArn) &&
          (name === undefined || settings.functionName.name === name),
      );
      const { page, next } = pageOf(mappings, Marker, MaxItems);
      return { EventSourceMappings: page.map((mapping) => renderMapping(world, mapping, stateOf(mapping))), ...next };
    },
  };

export default listEventSourceMappings;
