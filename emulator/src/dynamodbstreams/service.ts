import type { DynamoState } from '../dynamodb/table.ts';
import dynamodb from '../dynamodb/service.ts';
import type { ServiceDefinition } from '../service.ts';

export default {
  name: 'dynamodbstreams',
  // Streams belong to the tables' own state.
  createState: (world) => world.state<DynamoState>(dynamodb),
} satisfies ServiceDefinition<DynamoState>;
