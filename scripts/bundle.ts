import { existsSync, globSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin } from 'rolldown';

/** What the package's `exports`, its command and its threads name, from `src`. */
const entries = ['index', 'cli', 'bound-heap', 'vitest', 'quotas', 'patterns/index'];

/** Whoever starts it looks for it beside itself, and that is a chunk in `src`. */
const thread = 'environment-thread';

/**
 * Puts few files in the place of the emulator's compiled modules, since reading some hundred modules is most of its start:
 * the entries, one file a service, loaded when it is first called, and what they share. Declarations stay.
 */
export async function bundleEmulator(source: string): Promise<void> {
  const input = Object.fromEntries(entries.map((entry) => [entry, join(source, `${entry}.js`)]));
  const bundle = await rolldown({
    input: { ...input, [thread]: join(source, 'lambda', `${thread}.js`) },
    platform: 'node',
    plugins: [serviceTable(source)],
  });
  const { output } = await bundle.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  for (const module of globSync('**/*.js', { cwd: source })) rmSync(join(source, module));
  for (const file of output) {
    if (file.type === 'chunk') writeFileSync(join(source, file.fileName), file.code);
  }
}

/** In the place of `service-folders`, which looks for files that a bundle does not have. */
function serviceTable(source: string): Plugin {
  const prefix = 'service:';
  return {
    name: 'service-table',
    resolveId: (id) => (id.startsWith(prefix) ? id : undefined),
    load(id) {
      if (id === join(source, 'service-folders.js')) return tableOf(source, prefix);
      return id.startsWith(prefix) ? folderOf(join(source, id.slice(prefix.length))) : undefined;
    },
  };
}

function tableOf(source: string, prefix: string): string {
  const names = readdirSync(source)
    .filter((name) => existsSync(join(source, name, 'service.js')))
    .sort();
  const lines = names.map((name) => `${name}: () => import('${prefix}${name}'),`);
  return `const folders = {\n${lines.join('\n')}\n};
    export const folderNames = () => Object.keys(folders);
    export const importFolder = async (name) => (Object.hasOwn(folders, name) ? folders[name]() : undefined);`;
}

function folderOf(folder: string): string {
  const files = globSync('*.js', { cwd: join(folder, 'operations') }).sort();
  const imports = files.map((file, index) => `import * as o${index} from '${join(folder, 'operations', file)}';`);
  const members = files.map((file, index) => `'${basename(file, '.js')}': o${index},`);
  return `import * as service from '${join(folder, 'service.js')}';
    import * as model from '${join(folder, 'generated', 'model.js')}';
    ${imports.join('\n')}
    export const operations = {\n${members.join('\n')}\n};
    export { service, model };`;
}
