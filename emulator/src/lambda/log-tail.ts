import { lambdaQuotas } from '../quotas.ts';
import type { Execution } from './executor.ts';

/** The end of an invocation's log in base64, as `LogType: Tail` asks for it; memory is not measured, so it is not told. */
export function logTail({ requestId, version, log, durationMs }: Execution, memoryMegabytes: number): string {
  const text = [
    `START RequestId: ${requestId} Version: ${version}`,
    ...log.map((line) => `${requestId}\t${line}`),
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\t` +
      `Billed Duration: ${Math.max(1, Math.ceil(durationMs))} ms\tMemory Size: ${memoryMegabytes} MB\t`,
    '',
  ].join('\n');
  return Buffer.from(text).subarray(-lambdaQuotas.logTailBytes).toString('base64');
}
