import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder, peerVersions } from './cache.ts';

export type ServiceName = 'sqs' | 'sns' | 'events' | 'dynamodb' | 'lambda';

/** How a server is started, and what it speaks. */
export interface ServerKind {
  readonly name: string;
  readonly version: string;
  readonly services: readonly ServiceName[];
  readonly command: (port: number) => readonly [string, ...string[]];
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  /** The name of the container, where the command starts one. */
  readonly container?: string;
  /** Where one turn takes as long as others' whole row: it gets one, and few acts. */
  readonly isSlow?: boolean;
  /** A file that is there where it is installed. */
  readonly file?: string;
}

const all = ['sqs', 'sns', 'events', 'dynamodb', 'lambda'] as const;
const inCache = (...path: readonly string[]): string => join(peersFolder, ...path);
const root = join(import.meta.dirname, '../..');

/** The emulator: `source` as in a clone, else as `npm run dist` packed it. */
export function emulatorServer({ source = false }: { readonly source?: boolean } = {}): ServerKind {
  const file = join(root, source ? 'emulator' : 'dist/parallax-emulator', 'bin/parallax-emulator.js');
  return {
    name: 'parallax',
    version: '0.1.0',
    services: all,
    command: (port) => [process.execPath, file, '--port', String(port)],
    file,
  };
}

/** Answers each operation with bytes that were made once. */
export const floorServer: ServerKind = {
  name: 'floor',
  version: process.version,
  services: all,
  command: (port) => [process.execPath, join(root, 'bench/http/floor.ts'), String(port)],
};

export const peerServers: readonly ServerKind[] = [
  {
    name: 'fauxqs',
    version: peerVersions.fauxqs,
    services: ['sqs', 'sns'],
    command: () => [process.execPath, inCache('node_modules/fauxqs/dist/server.js')],
    env: (port) => ({ FAUXQS_PORT: String(port), FAUXQS_LOGGER: 'false' }),
    file: inCache('node_modules/fauxqs/dist/server.js'),
  },
  {
    name: 'dynalite',
    version: peerVersions.dynalite,
    services: ['dynamodb'],
    command: (port) => [
      process.execPath,
      inCache('node_modules/dynalite/cli.js'),
      ...words(`--port ${port} --host 127.0.0.1 --createTableMs 0 --updateTableMs 0`),
    ],
    file: inCache('node_modules/dynalite/cli.js'),
  },
  {
    name: 'DynamoDB Local',
    version: peerVersions.dynamoDbLocal,
    services: ['dynamodb'],
    command: (port) => [
      'java',
      '-cp',
      inCache('jars/*'),
      `-Dsqlite4java.library.path=${inCache('jars')}`,
      ...words(`software.amazon.dynamodb.services.local.main.ServerRunner -inMemory -disableTelemetry -port ${port}`),
    ],
    file: inCache('jars', `DynamoDBLocal-${peerVersions.dynamoDbLocal}.jar`),
  },
  {
    name: 'MiniStack',
    version: peerVersions.ministack,
    services: all,
    command: () => [inCache('venv/bin/ministack')],
    env: (port) => ({ GATEWAY_PORT: String(port), LOG_LEVEL: 'ERROR' }),
    file: inCache('venv/bin/ministack'),
  },
  {
    name: 'moto',
    version: peerVersions.moto,
    services: all,
    command: (port) => [inCache('venv/bin/moto_server'), '-H', '127.0.0.1', '-p', String(port)],
    file: inCache('venv/bin/moto_server'),
    isSlow: true,
  },
  {
    name: 'LocalStack',
    version: peerVersions.localStack,
    services: all,
    command: (port) => [
      'docker',
      ...words(`run --rm --name parallax-bench-${port} -p 127.0.0.1:${port}:4566`),
      ...words('-v /var/run/docker.sock:/var/run/docker.sock'),
      ...words('-e LS_LOG=error -e DISABLE_EVENTS=1 -e SKIP_SSL_CERT_DOWNLOAD=1'),
      `localstack/localstack:${peerVersions.localStack}`,
    ],
    container: 'parallax-bench',
    isSlow: true,
  },
];

export function isInstalled({ file }: ServerKind): boolean {
  return file === undefined || existsSync(file);
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
