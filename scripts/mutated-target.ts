import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import type { Target } from '#core';
import { applyTo, sourceOf } from './exact-mutant.ts';
import { exactMutants } from './exact-mutants.ts';
import type { ExactMutant } from './exact-mutant.ts';

const root = new URL('..', import.meta.url).href;
const translatorSource = `${root}translator/src/`;
/** Loaded once a mutant: the translator and all that imports it. All else is shared. */
const variantFolders = [translatorSource, `${root}harness/backends/aws/`, `${root}harness/targets/`];
const parameter = 'mutant';

/**
 * The embedded target on the translator with one edit, made as the file is loaded: nothing is written, and the files stay
 * as they are. Only where Node itself loads the modules, not under Vitest.
 *
 * @throws Error where the text to edit does not stand in its file exactly once, or the file was not loaded.
 */
export async function mutatedTarget(mutant: ExactMutant): Promise<Target> {
  const url = `${root}harness/targets/embedded.ts?${parameter}=${mutant.name}`;
  const { embeddedTarget }: { readonly embeddedTarget: Target } = await import(url);
  if (!edited.has(mutant.name)) throw new Error(`'${mutant.file}' of mutant '${mutant.name}' was not loaded`);
  return embeddedTarget;
}

const edited = new Set<string>();
const byName = new Map(exactMutants.map((mutant) => [mutant.name, mutant]));
const sources = new Map<string, string>();
for (const mutant of exactMutants) sources.set(mutant.name, applyTo(await readFile(sourceOf(mutant), 'utf8'), mutant));

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const name = context.parentURL === undefined ? null : mutantIn(context.parentURL);
    const isVariant = name !== null && variantFolders.some((folder) => resolved.url.startsWith(folder));
    return isVariant && mutantIn(resolved.url) === null
      ? { ...resolved, url: `${resolved.url}?${parameter}=${name}` }
      : resolved;
  },
  load: (url, context, next) => {
    const mutant = byName.get(mutantIn(url) ?? '');
    const loaded = next(url, context);
    if (mutant === undefined || !url.startsWith(`${translatorSource}${mutant.file}?`)) return loaded;
    edited.add(mutant.name);
    return { ...loaded, source: sources.get(mutant.name) };
  },
});

function mutantIn(url: string): string | null {
  return url.startsWith('file:') ? new URL(url).searchParams.get(parameter) : null;
}
