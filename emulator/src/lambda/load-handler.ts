import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { compileFunction } from 'node:vm';
import type { EnvironmentOptions } from './environment-options.ts';
import type { HandlerClock } from './handler-clock.ts';
import { StartError } from './handler-error.ts';
import { createSandboxSdk } from './sandbox-sdk.ts';
import { sandboxTimers } from './sandbox-timers.ts';
import type { Files } from './unzip.ts';

export type Callable = (...args: unknown[]) => unknown;

export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

interface LoaderOptions extends Omit<EnvironmentOptions, 'clock'> {
  readonly context: object;
  readonly clock: HandlerClock;
}

const taskRoot = '/var/task';

/** Runs the code's modules and finds the handler; errors are named as Lambda's Node.js runtime names them. */
export function loadHandler(options: LoaderOptions): Callable {
  const { files, handler } = options;
  const parts = /^(.*\/)?([^./]+)\.(.+)$/.exec(handler);
  if (parts === null) throw new StartError('Runtime.MalformedHandlerName', 'Bad handler');
  const [, folder = '', module = '', path = ''] = parts;
  const file = ['.js', '.cjs'].map((extension) => `${folder}${module}${extension}`).find((name) => files.has(name));
  if (file === undefined && files.has(`${folder}${module}.mjs`)) {
    throw new StartError('Runtime.Unsupported', `the emulator runs no ES modules: '${folder}${module}.mjs'`);
  }
  if (file === undefined) {
    throw new StartError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${folder}${module}'\nRequire stack:\n- /var/runtime/index.mjs`,
    );
  }
  const exports = createLoader(options)(file);
  let found: unknown = exports;
  for (const name of path.split('.')) found = memberOf(found, name);
  if (!isCallable(found)) {
    throw new StartError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  return found;
}

/** A `require` for CommonJS modules: the archive's files first, then the AWS clients of the sandbox, then Node's own. */
function createLoader(options: LoaderOptions): (file: string) => unknown {
  const { files, context } = options;
  const loaded = new Map<string, { exports: unknown }>();
  const sdk = createSandboxSdk(options);
  const builtin = createRequire(import.meta.url);

  function load(file: string): unknown {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    loaded.set(file, module);
    const source = files.get(file)?.toString('utf8') ?? '';
    if (file.endsWith('.json')) module.exports = JSON.parse(source);
    else runModule(file, source, module);
    return module.exports;
  }

  function runModule(file: string, source: string, module: { exports: unknown }): void {
    const filename = `${taskRoot}/${file}`;
    const body = compile(source, filename);
    body(
      module.exports,
      (specifier: string) => requireFrom(file, specifier),
      module,
      filename,
      posix.dirname(filename),
    );
  }

  function compile(source: string, filename: string): Callable {
    try {
      const body: unknown = compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], {
        filename,
        parsingContext: context,
      });
      if (isCallable(body)) return body;
    } catch (cause) {
      throw new StartError('Runtime.UserCodeSyntaxError', String(cause), { cause });
    }
    throw new StartError('Runtime.UserCodeSyntaxError', `no code in '${filename}'`);
  }

  function requireFrom(from: string, specifier: string): unknown {
    const file = resolve(files, from, specifier);
    if (file !== undefined) return load(file);
    const client = sdk(specifier);
    if (client !== undefined) return client;
    const timers = sandboxTimers(options.clock, specifier);
    if (timers !== undefined) return timers;
    const name = specifier.replace(/^node:/, '');
    if (builtinNames.has(name)) {
      const module: unknown = builtin(`node:${name}`);
      return module;
    }
    throw new StartError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${specifier}'\nRequire stack:\n- ${taskRoot}/${from}\n- /var/runtime/index.mjs`,
    );
  }

  return load;
}

const builtinNames = new Set(
  'assert async_hooks buffer child_process crypto dns events fs fs/promises http https net os path path/posix perf_hooks querystring stream stream/promises string_decoder tls url util util/types worker_threads zlib'.split(
    ' ',
  ),
);

/** The archive's file that a specifier stands for, by Node's rules for CommonJS. */
function resolve(files: Files, from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return resolveFile(files, posix.join(posix.dirname(from), specifier));
  if (specifier.startsWith(`${taskRoot}/`)) return resolveFile(files, specifier.slice(taskRoot.length + 1));
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const found = resolveFile(files, posix.join(folder, 'node_modules', specifier));
    if (found !== undefined || folder === '.') return found;
  }
}

function resolveFile(files: Files, path: string): string | undefined {
  const candidates = [path, `${path}.js`, `${path}.cjs`, `${path}.json`];
  const manifest = files.get(`${path}/package.json`);
  if (manifest !== undefined) {
    const main = memberOf(JSON.parse(manifest.toString('utf8')), 'main');
    if (typeof main === 'string') candidates.push(posix.join(path, main), `${posix.join(path, main)}.js`);
  }
  candidates.push(`${path}/index.js`);
  return candidates.find((candidate) => files.has(candidate));
}

function memberOf(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const member: unknown = Reflect.get(value, name);
  return member;
}
