import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { RemovePermissionRequest } from '../generated/shapes.ts';
import { removeStatement } from '../policy.ts';
import type { LambdaState } from '../state.ts';

const removePermission: Operation<RemovePermissionRequest, object, LambdaState> = {
  handle({ FunctionName, StatementId, Qualifier, RevisionId }, state, { world }) {
    const name = parseFunctionName(FunctionName, world, Qualifier);
    removeStatement(world, state, name, { statementId: StatementId, revisionId: RevisionId });
    return {};
  },
};

export default removePermission;
