import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';

/** What a service's folder holds, as imported. */
export interface ServiceFolder {
  readonly service: unknown;
  readonly model: unknown;
  /** By the file's name without its ending. */
  readonly operations: Readonly<Record<string, unknown>>;
}

/** `.ts` in a clone, `.js` when compiled. The package has no folders: `scripts/bundle.ts` puts a table in this file's place. */
const ending = extname(new URL(import.meta.url).pathname);

/** The services that have a folder. */
export function folderNames(): readonly string[] {
  return readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(fileOf(`${entry.name}/service`)))
    .map(({ name }) => name)
    .sort();
}

/** Imports a service's folder; `undefined` where there is none. */
export async function importFolder(name: string): Promise<ServiceFolder | undefined> {
  if (!/^[a-z]+$/.test(name) || !existsSync(fileOf(`${name}/service`))) return undefined;
  const files = operationFiles(new URL(`./${name}/operations`, import.meta.url));
  const [service, model, ...operations] = await Promise.all([
    importFile(`${name}/service`),
    importFile(`${name}/generated/model`),
    ...files.map((file) => importFile(`${name}/operations/${file}`)),
  ]);
  return { service, model, operations: Object.fromEntries(files.map((file, index) => [file, operations[index]])) };
}

function operationFiles(folder: URL): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending) && !file.endsWith(`.test${ending}`) && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -ending.length));
}

function fileOf(path: string): URL {
  return new URL(`./${path}${ending}`, import.meta.url);
}

async function importFile(path: string): Promise<unknown> {
  return import(/* @vite-ignore */ fileOf(path).href);
}
