import { later } from '../later.ts';
import type { World } from '../service.ts';
import type { Mapping } from './mapping.ts';
import { pollQueue } from './queue-poller.ts';
import type { LambdaState } from './state.ts';
import { pollStream } from './stream-poller.ts';

/** Creating or changing a mapping takes effect "over several minutes" where AWS takes its time. */
const delaysMs = [0, 30_000, 180_000];

/** Ends what polls for a mapping and, if it is enabled, begins anew with its present settings. */
export function restartMapping(world: World, state: LambdaState, mapping: Mapping): void {
  mapping.run += 1;
  if (!mapping.enabled) return;
  const { run } = mapping;
  const key = `${mapping.sourceArn}/${mapping.settings.functionName.name}/${run}`;
  const delayMs = delaysMs[world.choose('ADV-LAM-05', key, delaysMs.length)] ?? 0;
  const start = async (): Promise<void> => {
    if (mapping.run !== run) return;
    await (mapping.kind === 'queue' ? pollQueue(world, state, mapping) : pollStream(world, state, mapping));
  };
  later(world, delayMs, start, `mapping ${key}`);
}
