import { loadMapping, mappingProfiles } from './mapping-source.ts';
import { threadMapping } from './mapping-thread.ts';
import type { ThreadMapping } from './mapping-thread.ts';

/** A profile's mapping as it is, or a module's in a thread of its own, which ends with it. @throws as those two. */
export async function openMapping(
  name: string,
  limits: { readonly limitMs: number; readonly whole?: boolean },
): Promise<ThreadMapping> {
  if (!/\.[cm]?[jt]s$/.test(name) || mappingProfiles.includes(name)) {
    return { mapping: await loadMapping(name), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  return threadMapping(name, limits);
}
