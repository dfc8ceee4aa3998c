import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { AddPermissionRequest, AddPermissionResponse } from '../generated/shapes.ts';
import { addStatement } from '../policy.ts';
import type { LambdaState } from '../state.ts';

const addPermission: Operation<AddPermissionRequest, AddPermissionResponse, LambdaState> = {
  handle(input, state, { world }) {
    const name = parseFunctionName(input.FunctionName, world, input.Qualifier);
    const statement = addStatement(world, findFunction(state, world, { name: name.name }), name, {
      statementId: input.StatementId,
      action: input.Action,
      principal: input.Principal,
      sourceArn: input.SourceArn,
      sourceAccount: input.SourceAccount,
      eventSourceToken: input.EventSourceToken,
      organization: input.PrincipalOrgID,
      urlAuthType: input.FunctionUrlAuthType,
      revisionId: input.RevisionId,
    });
    return { Statement: JSON.stringify(statement) };
  },
};

export default addPermission;
