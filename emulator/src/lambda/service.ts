import type { ServiceDefinition } from '../service.ts';
import { receive } from './receive.ts';
import { createLambdaState } from './state.ts';
import type { LambdaState } from './state.ts';

const lambda: ServiceDefinition<LambdaState> = { name: 'lambda', createState: createLambdaState, receive };

export default lambda;
