import type { ServiceDefinition, World } from '../service.ts';
import type { IamState } from './state.ts';

/** IAM is global: its state is that of the account's first Region. */
const iam: ServiceDefinition<IamState> = {
  name: 'iam',
  createState: (world: World) => {
    const home = world.sibling({ region: 'us-east-1' });
    return home === undefined || home === world ? { roles: new Map(), policies: new Map() } : home.state(iam);
  },
};

export default iam;
