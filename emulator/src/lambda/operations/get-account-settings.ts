import { lambdaQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import type { GetAccountSettingsRequest, GetAccountSettingsResponse } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const getAccountSettings: Operation<GetAccountSettingsRequest, GetAccountSettingsResponse, LambdaState> = {
  handle(_, { functions }) {
    const all = [...functions.values()];
    const reserved = all.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    const bytes = all
      .flatMap((fn) => [fn.latest, ...fn.versions.values()])
      .reduce((sum, { code }) => sum + code.bytes, 0);
    return {
      AccountLimit: {
        TotalCodeSize: lambdaQuotas.totalCodeBytesMax,
        CodeSizeUnzipped: lambdaQuotas.unzippedBytesMax,
        CodeSizeZipped: lambdaQuotas.zippedBytesMax,
        ConcurrentExecutions: lambdaQuotas.concurrencyMax,
        UnreservedConcurrentExecutions: lambdaQuotas.concurrencyMax - reserved,
      },
      AccountUsage: { TotalCodeSize: bytes, FunctionCount: all.length },
    };
  },
};

export default getAccountSettings;
