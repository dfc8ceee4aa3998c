import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { designMapping, exactMapping, wholeSubjectMapping } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { UsageError } from '#core';
import { parseMapping } from './mapping-module.ts';

const profileMappings: Readonly<Record<string, SubjectMapping>> = {
  design: designMapping,
  mended: wholeSubjectMapping,
  exact: exactMapping,
};

/** Profiles that have a mapping of subjects to events of their own. */
export const mappingProfiles: readonly string[] = Object.keys(profileMappings);

/** Is the name a profile's, or does it look like a module's? */
export function isMappingName(name: string): boolean {
  return name in profileMappings || /\.[cm]?[jt]s$/.test(name);
}

/**
 * A profile's mapping, or the one that a module exports.
 *
 * @throws UsageError where there is no such profile or file, or the module does not load or lacks a function.
 */
export async function loadMapping(name: string): Promise<SubjectMapping> {
  const known = profileMappings[name];
  if (known !== undefined) return known;
  if (!isMappingName(name))
    throw new UsageError(`mapping '${name}' is unknown: expected ${mappingProfiles.join(', ')} or a module's file`);
  const path = resolve(name);
  if (!existsSync(path)) throw new UsageError(`mapping '${name}' is not there: expected a module's file`);
  return parseMapping(await load(path, name), name);
}

async function load(path: string, name: string): Promise<unknown> {
  try {
    const exports: unknown = await import(pathToFileURL(path).href);
    return exports;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UsageError(`mapping '${name}' does not load: ${why}`, { cause: error });
  }
}
