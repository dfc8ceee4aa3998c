import type { Operation } from '../../service.ts';
import { findBus } from '../find.ts';
import type { DescribeEventBusRequest, DescribeEventBusResponse } from '../generated/shapes.ts';
import { policyDocument } from '../policy.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ Name }, state) => {
    const bus = findBus(state, Name);
    return {
      Name: bus.name,
      Arn: bus.arn,
      Description: bus.description,
      KmsKeyIdentifier: bus.kmsKeyIdentifier,
      DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
      Policy: policyDocument(bus),
      CreationTime: new Date(bus.createdMs),
      LastModifiedTime: new Date(bus.modifiedMs),
    };
  },
} satisfies Operation<DescribeEventBusRequest, DescribeEventBusResponse, EventsState>;
