import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compactModel } from './models/compact-model.ts';
import { renderModel } from './models/render-model.ts';
import { renderShapes } from './models/render-shapes.ts';
import type { BotocoreModel } from './models/botocore-model.ts';

/**
 * npm run models -- [FOLDER]
 *
 * Reads AWS's API models as botocore carries them and writes `emulator/src/<service>/generated/{model,shapes}.ts`.
 * FOLDER is an unpacked botocore wheel (it holds `botocore/` and `botocore-VERSION.dist-info/`); without it,
 * `pip download` fetches the pinned version.
 */
const pinned = { version: '1.44.5', releasedOn: '2026-11-17' };
const services = ['sqs', 'sns', 'events', 'dynamodb', 'dynamodbstreams', 'lambda', 'sts', 'iam'] as const;

const given = process.argv[2];
const scratch = given === undefined ? mkdtempSync(join(tmpdir(), 'parallax-models-')) : undefined;
try {
  const folder = given ?? download(scratch ?? '');
  for (const service of services) {
    write(service, folder);
  }
} finally {
  if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
}

function download(folder: string): string {
  execFileSync('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', folder, `botocore==${pinned.version}`]);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip left no wheel in '${folder}'`);
  execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  return folder;
}

function write(service: string, folder: string): void {
  const versions = join(folder, 'botocore', 'data', service);
  const version = readdirSync(versions)
    .filter((name) => existsSync(join(versions, name, 'service-2.json.gz')))
    .sort()
    .at(-1);
  if (version === undefined) throw new Error(`no model of '${service}' in '${versions}'`);
  const raw: BotocoreModel = JSON.parse(
    gunzipSync(readFileSync(join(versions, version, 'service-2.json.gz'))).toString('utf8'),
  );
  const model = compactModel(raw, service, { source: `botocore ${pinned.version}`, releasedOn: pinned.releasedOn });
  const target = join(import.meta.dirname, '..', 'emulator', 'src', service, 'generated');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'model.ts'), renderModel(model));
  writeFileSync(join(target, 'shapes.ts'), renderShapes(model));
}
