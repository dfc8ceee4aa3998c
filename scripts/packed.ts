import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { zipOf } from '../emulator/src/lambda/zip.fixture.ts';

/**
 * node scripts/packed.ts
 *
 * Packs the emulator, installs the tarball in a folder of its own, and does there what its README says: `npx
 * parallax-emulator` says where it listens, answers an SDK's request, and ends when asked to.
 */
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'packed-'));
try {
  execFileSync(process.execPath, [join(import.meta.dirname, 'dist.ts')], { stdio: 'inherit' });
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(root, 'emulator', 'package.json'), 'utf8'),
  );
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const tarball = join(root, 'dist', `parallax-emulator-${version}.tgz`);
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, stdio: 'inherit' });
  await tryCommand();
  tryModule();
  console.log('the packed emulator starts, answers and stops');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryCommand(): Promise<void> {
  const child = spawn('npx', ['--offline', 'parallax-emulator', '--port', '0'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first: string = (await lines.next()).value ?? '';
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(first)?.[1];
  if (url === undefined) throw new Error(`its first line is '${first}'`);
  const second: string = (await lines.next()).value ?? '';
  if (!second.startsWith(`export AWS_ENDPOINT_URL=${url} `)) throw new Error(`its second line is '${second}'`);
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.CreateQueue', 'content-type': 'application/x-amz-json-1.0' },
    body: '{"QueueName":"q"}',
  });
  if (answer.status !== 200) throw new Error(`it answered ${answer.status}: ${await answer.text()}`);
  await tryFunction(url);
  // To npx and what it runs, as a terminal's Ctrl-C goes to both.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await once(child, 'exit');
  const { exitCode, signalCode } = child;
  if (exitCode !== 0 && exitCode !== 130 && signalCode !== 'SIGINT') {
    throw new Error(`it ended with ${exitCode ?? signalCode}`);
  }
  if (
    await fetch(url).then(
      () => true,
      () => false,
    )
  )
    throw new Error('it still answers');
}

/** A function runs in a thread, from a file of the package that nothing imports. */
async function tryFunction(url: string): Promise<void> {
  const functions = `${url}/2015-03-31/functions`;
  const created = await fetch(functions, {
    method: 'POST',
    body: JSON.stringify({
      FunctionName: 'f',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/r',
      Code: { ZipFile: zipOf('index.js', 'exports.handler = async (event) => event.n + 1;').toString('base64') },
    }),
  });
  if (created.status !== 201) throw new Error(`CreateFunction answered ${created.status}: ${await created.text()}`);
  const answer = await (await fetch(`${functions}/f/invocations`, { method: 'POST', body: '{"n":1}' })).text();
  if (answer !== '2') throw new Error(`the function answered '${answer}'`);
}

/** Every entry of the package can be imported there, and every service of the clone. */
function tryModule(): void {
  const services = globSync('emulator/src/*/service.ts', { cwd: root })
    .map((file) => basename(dirname(file)))
    .sort()
    .join();
  const script = `
    import { loadService, serviceNames, startEmulator } from 'parallax-emulator';
    import { emulatorFixture } from 'parallax-emulator/vitest';
    import 'parallax-emulator/patterns';
    import 'parallax-emulator/quotas';
    if (serviceNames().join() !== '${services}') throw new Error('its services are ' + serviceNames());
    for (const name of serviceNames()) {
      if ((await loadService(name)).operations.size === 0) throw new Error(name + ' has no operations');
    }
    await using emulator = await startEmulator();
    await emulatorFixture()({}, async ({ url }) => { if (!(await fetch(url + '/_health')).ok) process.exit(1); });`;
  writeFileSync(join(folder, 'try.js'), script);
  execFileSync(process.execPath, ['try.js'], { cwd: folder, stdio: 'inherit' });
}
