import type { Operation } from '../../service.ts';
import type { ListRolesInput, ListRolesOutput } from '../generated/shapes.ts';
import { roleShape } from '../roles.ts';
import type { IamState } from '../state.ts';

export default {
  handle: ({ PathPrefix = '/' }, { roles }) => ({
    Roles: [...roles.values()].filter(({ path }) => path.startsWith(PathPrefix)).map(roleShape),
    IsTruncated: false,
  }),
} satisfies Operation<ListRolesInput, ListRolesOutput, IamState>;
