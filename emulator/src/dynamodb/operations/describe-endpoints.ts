import type { Operation } from '../../service.ts';
import type { DescribeEndpointsRequest, DescribeEndpointsResponse } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle: (_input, _state, { endpoint }) => ({
    Endpoints: [{ Address: endpoint.replace(/^\w+:\/\//, ''), CachePeriodInMinutes: 1440 }],
  }),
} satisfies Operation<DescribeEndpointsRequest, DescribeEndpointsResponse, DynamoState>;
