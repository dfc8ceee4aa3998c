import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import type * as Emulator from 'parallax-emulator';
import type { Target } from '#core';
import { emulatorMutants } from './emulator-mutants.ts';
import { exactMutants } from './exact-mutants.ts';
import { applyTo, sourceOf } from './source-mutant.ts';
import type { SourceMutant } from './source-mutant.ts';

const root = new URL('..', import.meta.url).href;
/** Loaded once a mutant: the code that is edited and all that imports it. All else is shared. */
const users = ['harness/backends/aws/', 'harness/targets/'];
const variantFolders: Readonly<Record<SourceMutant['code'], readonly string[]>> = {
  translator: ['translator/src/', ...users],
  emulator: ['emulator/src/', 'translator/src/', ...users],
};
const parameter = 'mutant';

/**
 * The embedded target on code with one edit, made as the file is loaded: nothing is written, and the files stay
 * as they are. Only where Node itself loads the modules, not under Vitest.
 *
 * @throws Error where the text to edit does not stand in its file exactly once, or the file was not loaded.
 */
export async function mutatedTarget(mutant: SourceMutant): Promise<Target> {
  const variant = `?${parameter}=${mutant.name}`;
  const { embeddedTarget }: { readonly embeddedTarget: Target } = await import(
    `${root}harness/targets/embedded.ts${variant}`
  );
  if (mutant.code === 'emulator') {
    const emulator: typeof Emulator = await import(`${root}emulator/src/index.ts${variant}`);
    await Promise.all(emulator.serviceNames().map(emulator.loadService));
  }
  if (!edited.has(mutant.name)) throw new Error(`'${mutant.file}' of mutant '${mutant.name}' was not loaded`);
  return embeddedTarget;
}

const edited = new Set<string>();
const all = [...exactMutants, ...emulatorMutants];
const byName = new Map(all.map((mutant) => [mutant.name, mutant]));
const sources = new Map<string, string>();
for (const mutant of all) sources.set(mutant.name, applyTo(await readFile(sourceOf(mutant), 'utf8'), mutant));

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const name = context.parentURL === undefined ? null : mutantIn(context.parentURL);
    const folders = variantFolders[byName.get(name ?? '')?.code ?? 'translator'];
    const isVariant = name !== null && folders.some((folder) => resolved.url.startsWith(root + folder));
    return isVariant && mutantIn(resolved.url) === null
      ? { ...resolved, url: `${resolved.url}?${parameter}=${name}` }
      : resolved;
  },
  load: (url, context, next) => {
    const mutant = byName.get(mutantIn(url) ?? '');
    const loaded = next(url, context);
    if (mutant === undefined || !url.startsWith(`${root}${mutant.code}/src/${mutant.file}?`)) return loaded;
    edited.add(mutant.name);
    return { ...loaded, source: sources.get(mutant.name) };
  },
});

function mutantIn(url: string): string | null {
  return url.startsWith('file:') ? new URL(url).searchParams.get(parameter) : null;
}
