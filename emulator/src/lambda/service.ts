import type { ServiceDefinition } from '../service.ts';
import { invalidInput } from './invalid-input.ts';
import { receive } from './receive.ts';
import { createLambdaState } from './state.ts';
import type { LambdaState } from './state.ts';

const lambda: ServiceDefinition<LambdaState> = {
  name: 'lambda',
  createState: createLambdaState,
  receive,
  invalid: invalidInput,
};

export default lambda;
