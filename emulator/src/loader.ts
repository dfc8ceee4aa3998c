import { isRecord } from './codecs/json.ts';
import type { ServiceModel } from './model.ts';
import { folderNames, importFolder } from './service-folders.ts';
import type { LoadedOperation, LoadedService, Operation, ServiceDefinition } from './service.ts';

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
export const serviceNames: () => readonly string[] = folderNames;

async function read(name: string): Promise<LoadedService | undefined> {
  const folder = await importFolder(name);
  if (folder === undefined) return undefined;
  const definition = exportOf(folder.service, 'default', isDefinition, `${name}/service`);
  const model = exportOf(folder.model, 'model', isModel, `${name}/generated/model`);
  const queryModel = definition.queryModel?.(model);
  const service: LoadedService = {
    definition,
    model,
    operations: readOperations(name, model, folder.operations),
    ...(queryModel && { queryModel }),
  };
  loaded.set(name, service);
  return service;
}

function readOperations(
  name: string,
  model: ServiceModel,
  modules: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, LoadedOperation> {
  const byFile = new Map(Object.keys(model.operations).map((operation) => [kebab(operation), operation]));
  return new Map(
    Object.entries(modules).map(([file, module]) => {
      const operation = byFile.get(file);
      const operationModel = operation === undefined ? undefined : model.operations[operation];
      if (operation === undefined || operationModel === undefined) {
        throw new Error(`'${name}/operations/${file}' is named after no operation of '${name}'`);
      }
      const found = exportOf(module, 'default', isOperation, `${name}/operations/${file}`);
      return [operation, { ...found, name: operation, fullName: `${name}.${operation}`, model: operationModel }];
    }),
  );
}

/** `ListDeadLetterSourceQueues` → `list-dead-letter-source-queues`. */
export function kebab(operation: string): string {
  return operation
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

function exportOf<T>(module: unknown, name: string, isIt: (value: unknown) => value is T, path: string): T {
  const value = isRecord(module) ? module[name] : undefined;
  if (!isIt(value)) throw new Error(`'${path}' has no export '${name}' of the kind its place asks for`);
  return value;
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
