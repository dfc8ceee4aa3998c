import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { isRecord } from './codecs/json.ts';
import type { ServiceModel } from './model.ts';
import type { LoadedOperation, LoadedService, Operation, ServiceDefinition } from './service.ts';

/** `.ts` in a clone, `.js` in the package. */
const ending = extname(new URL(import.meta.url).pathname);

const loaded = new Map<string, LoadedService>();
const loading = new Map<string, Promise<LoadedService | undefined>>();

/** The service if it has been called before. */
export function loadedService(name: string): LoadedService | undefined {
  return loaded.get(name);
}

/** Reads a service's folder; `undefined` where there is none. */
export async function loadService(name: string): Promise<LoadedService | undefined> {
  let reading = loading.get(name);
  if (reading === undefined) {
    reading = read(name);
    loading.set(name, reading);
  }
  return reading;
}

/** The services that have a folder. */
export function serviceNames(): readonly string[] {
  return readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(fileOf(`${entry.name}/service`)))
    .map(({ name }) => name)
    .sort();
}

async function read(name: string): Promise<LoadedService | undefined> {
  if (!/^[a-z]+$/.test(name) || !existsSync(fileOf(`${name}/service`))) return undefined;
  const [definition, model] = await Promise.all([
    importDefault(`${name}/service`, isDefinition),
    importModel(`${name}/generated/model`),
  ]);
  const queryModel = definition.queryModel?.(model);
  const service: LoadedService = {
    definition,
    model,
    operations: await readOperations(name, model),
    ...(queryModel && { queryModel }),
  };
  loaded.set(name, service);
  return service;
}

async function readOperations(name: string, model: ServiceModel): Promise<ReadonlyMap<string, LoadedOperation>> {
  const byFile = new Map(Object.keys(model.operations).map((operation) => [kebab(operation), operation]));
  const files = readdirSync(fileOf(`${name}/operations`, ''))
    .filter((file) => file.endsWith(ending) && !file.endsWith(`.test${ending}`) && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -ending.length));
  const operations = await Promise.all(
    files.map(async (file) => {
      const operation = byFile.get(file);
      const operationModel = operation === undefined ? undefined : model.operations[operation];
      if (operation === undefined || operationModel === undefined) {
        throw new Error(`'${name}/operations/${file}' is named after no operation of '${name}'`);
      }
      const loadedOperation = await importDefault(`${name}/operations/${file}`, isOperation);
      return [
        operation,
        { ...loadedOperation, name: operation, fullName: `${name}.${operation}`, model: operationModel },
      ] as const;
    }),
  );
  return new Map(operations);
}

/** `ListDeadLetterSourceQueues` → `list-dead-letter-source-queues`. */
export function kebab(operation: string): string {
  return operation
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

function fileOf(path: string, suffix: string = ending): URL {
  return new URL(`./${path}${suffix}`, import.meta.url);
}

async function importDefault<T>(path: string, isIt: (value: unknown) => value is T): Promise<T> {
  const module: unknown = await import(/* @vite-ignore */ fileOf(path).href);
  const value = isRecord(module) ? module['default'] : undefined;
  if (!isIt(value)) throw new Error(`'${path}' has no default export of the kind its place asks for`);
  return value;
}

async function importModel(path: string): Promise<ServiceModel> {
  const module: unknown = await import(/* @vite-ignore */ fileOf(path).href);
  const model = isRecord(module) ? module['model'] : undefined;
  if (!isModel(model)) throw new Error(`'${path}' exports no model`);
  return model;
}

function isDefinition(value: unknown): value is ServiceDefinition<unknown> {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['createState'] === 'function';
}

function isOperation(value: unknown): value is Operation<unknown, unknown, unknown> {
  return isRecord(value) && typeof value['handle'] === 'function';
}

function isModel(value: unknown): value is ServiceModel {
  return isRecord(value) && isRecord(value['operations']) && isRecord(value['shapes']);
}
