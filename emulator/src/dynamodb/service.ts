import type { ServiceDefinition } from '../service.ts';
import { invalidInput } from './invalid-input.ts';
import type { DynamoState } from './table.ts';

export default {
  name: 'dynamodb',
  createState: () => ({ tables: new Map(), streams: new Map(), tokens: new Map(), backups: new Map() }),
  invalid: invalidInput,
} satisfies ServiceDefinition<DynamoState>;
