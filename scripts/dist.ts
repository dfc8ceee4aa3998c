import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleEmulator } from './bundle.ts';

/**
 * npm run dist
 *
 * Compiles everything to JavaScript and packs three packages that npm installs: `dist/parallax-emulator-VERSION.tgz`,
 * `dist/parallax-translator-VERSION.tgz` and `dist/parallax-conformance-VERSION.tgz`. TypeScript in `node_modules` is what
 * Node does not run, so names that end in `.ts` become `.js` on the way. The emulator's is bundled, for its start.
 */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const build = join(dist, 'build');

/** A package's folder from the root, and what it is made of. */
const packages = {
  'parallax-emulator': { from: 'emulator', parts: ['src', 'bin', 'README.md'] },
  'parallax-translator': { from: 'translator', parts: ['src'] },
  'parallax-conformance': {
    from: '.',
    parts: ['harness', 'suites', 'fixtures', 'bin', 'vitest.config.js', 'docker-compose.yml', 'README.md'],
  },
} as const;

/** Sources, and what only tests read. */
const left = /\.ts$|__snapshots__|fixtures\/(?:capsules|golden|histories)/;

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
for (const [name, { from, parts }] of Object.entries(packages)) {
  const target = join(dist, name);
  mkdirSync(target, { recursive: true });
  for (const part of ['LICENSE', ...parts]) {
    const source = part === 'LICENSE' ? root : join(root, from);
    copyIfThere(join(source, part), join(target, part), (path) => !left.test(path));
    copyIfThere(join(build, from, part), join(target, part), () => true);
  }
  for (const file of globSync('**/*.{js,d.ts}', { cwd: target })) {
    const path = join(target, file);
    writeFileSync(path, asJavaScript(readFileSync(path, 'utf8')));
  }
  if (name === 'parallax-emulator') await bundleEmulator(join(target, 'src'));
  writeFileSync(join(target, 'package.json'), asJavaScript(manifestOf(join(root, from))));
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', dist, target], { encoding: 'utf8' });
  console.log(join('dist', packed.trim()));
}
rmSync(build, { recursive: true });

function copyIfThere(from: string, to: string, filter: (path: string) => boolean): void {
  try {
    cpSync(from, to, { recursive: true, filter });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Paths of ours that end in `.ts`, in JSON, in an import or in a string. */
function asJavaScript(text: string): string {
  return text.replaceAll(/(['"]\.[\w./-]+(?<!\.d))\.ts(['"])/g, '$1.js$2');
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** As it stands there; the root's also names what npm's workspaces give it in a clone, and vitest as the user's own. */
function manifestOf(folder: string): string {
  const { scripts: _scripts, workspaces, devDependencies, allowScripts: _allowed, ...manifest } = read(folder);
  if (workspaces === undefined) return JSON.stringify(manifest, null, 2);
  const { version, dependencies } = manifest;
  const own = {
    ...dependencies,
    ...read(join(root, 'translator')).dependencies,
    'parallax-emulator': version,
    'parallax-translator': version,
  };
  const peerDependencies = { vitest: `^${devDependencies?.['vitest']}` };
  return JSON.stringify({ ...manifest, dependencies: own, peerDependencies }, null, 2);
}

function read(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
