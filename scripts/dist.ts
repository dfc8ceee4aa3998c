import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * npm run dist
 *
 * Compiles the emulator to JavaScript and packs it: `dist/parallax-emulator-VERSION.tgz` installs with npm. TypeScript in
 * `node_modules` is what Node does not run, so names that end in `.ts` become `.js` on the way.
 */
const root = join(import.meta.dirname, '..');
const source = join(root, 'emulator');
const target = join(root, 'dist', 'parallax-emulator');

rmSync(target, { recursive: true, force: true });
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', join(source, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
mkdirSync(join(target, 'bin'), { recursive: true });
writeFileSync(join(target, 'package.json'), asJavaScript(readFileSync(join(source, 'package.json'), 'utf8')));
const command = join(target, 'bin', 'parallax-emulator.js');
writeFileSync(command, asJavaScript(readFileSync(join(source, 'bin', 'parallax-emulator.js'), 'utf8')));
chmodSync(command, 0o755);
cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', join(root, 'dist'), target], {
  encoding: 'utf8',
});
console.log(join('dist', packed.trim()));

/** Paths of ours that end in `.ts`, in JSON or in an import. */
function asJavaScript(text: string): string {
  return text.replaceAll(/(['"]\.[\w./-]+)\.ts(['"])/g, '$1.js$2');
}
