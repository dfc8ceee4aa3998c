import type { ServiceDefinition } from '../service.ts';
import { invalidInput } from './invalid-input.ts';
import { receive } from './receive.ts';
import { createState } from './state.ts';
import type { EventsState } from './state.ts';

export default {
  name: 'events',
  createState,
  receive,
  invalid: invalidInput,
} satisfies ServiceDefinition<EventsState>;
