import { parseArgs } from 'node:util';
import { isLoopback } from './guards.ts';
import { parsePermits } from './permissions/permits.ts';
import type { PermitRates } from './permissions/permits.ts';
import { startEmulator } from './server.ts';
import type { Emulator } from './server.ts';

/** Where a command writes; `write` as of a stream. */
export interface Output {
  readonly write: (text: string) => unknown;
}

export const usage = `usage: parallax emulator [options]

Listens on loopback and answers as AWS does: any credentials, any Region; the account is the
access key if that is 12 digits, else 000000000000.

  --port N       port to listen on; 0 picks a free one (4566)
  --host NAME    address to listen on; only loopback keeps it to this machine (127.0.0.1)
  --allow-host N names beside loopback's that a request's Host may have, separated by commas
  --permit IDS   let AWS do what its pages permit: all, or ids separated by commas, each with a rate
                 of its own if you like: ADV-SQS-01=0.2,ADV-EB-04 or all,ADV-EB-04=0 (nothing)
  --seed N       seed of all chance (a fresh one)
  --virtual      let time stand still; POST /_parallax/clock {"advanceMs": N} or {"to": TIME} moves it
  -v, --verbose  a line for every request, on standard error
  --json         the first line as JSON
  --help         this text

What happens by permission is told on standard error as it happens, with the AWS sentence that
permits it; GET /_parallax/permissions lists it, and all there is to permit.

example: parallax emulator --port 0 --permit ADV-SQS-01=0.2,ADV-SQS-03 --seed 7
         curl http://127.0.0.1:4566/_health
`;

interface Options {
  readonly port: number;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly permit: PermitRates;
  readonly seed: number | undefined;
  readonly clock: 'real' | 'virtual';
  readonly isVerbose: boolean;
  readonly isJson: boolean;
}

export interface EmulatorCliOptions {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signal: AbortSignal;
  /** Called once it takes connections. */
  readonly onListening?: () => void;
}

/** Runs until `signal` aborts; resolves to the exit code: 0, or 64 where the arguments make no sense. */
export async function runEmulatorCli(
  argv: readonly string[],
  { stdout, stderr, signal, onListening }: EmulatorCliOptions,
): Promise<number> {
  const options = parse(argv);
  if (options === undefined) {
    stdout.write(usage);
    return 0;
  }
  if (typeof options === 'string') {
    stderr.write(`${options}\n`);
    return 64;
  }
  const { isVerbose, isJson, seed, ...rest } = options;
  let emulator: Emulator;
  try {
    emulator = await startEmulator({
      ...rest,
      ...(seed !== undefined && { seed }),
      ...(isVerbose && { log: (line: string) => stderr.write(`${line}\n`) }),
      logFired: (line) => stderr.write(`${line}\n`),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    const hint = why.includes('EADDRINUSE') ? '; --port 0 picks a free one' : '';
    stderr.write(`cannot listen on '${rest.host}:${rest.port}': ${why}${hint}\n`);
    return 1;
  }
  onListening?.();
  stdout.write(isJson ? jsonLine(emulator) : lines(emulator, options));
  if (!isLoopback(options.host)) {
    stderr.write(`warning: other machines can reach '${options.host}', and the emulator checks no credentials\n`);
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await emulator[Symbol.asyncDispose]();
  return 0;
}

function lines({ url, seed }: Emulator, { permit }: Options): string {
  const rates = Object.entries(permit).map(([id, rate]) => `${id}=${rate}`);
  const chance = rates.length === 0 ? '' : `permitted: ${rates.join(', ')} (seed ${seed})\n`;
  return `listening on ${url}\nexport AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=000000000000 AWS_SECRET_ACCESS_KEY=any AWS_REGION=us-east-1\n${chance}`;
}

function jsonLine({ url, port, seed }: Emulator): string {
  return `${JSON.stringify({ url, port, seed })}\n`;
}

/** The options, nothing where help was asked for, or the one line that says what is wrong. */
function parse(argv: readonly string[]): Options | undefined | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string', default: '4566' },
        host: { type: 'string', default: '127.0.0.1' },
        'allow-host': { type: 'string', default: '' },
        permit: { type: 'string', default: '' },
        seed: { type: 'string' },
        virtual: { type: 'boolean', default: false },
        verbose: { type: 'boolean', short: 'v', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? firstSentence(error.message) : 'arguments make no sense';
  }
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return `port '${values.port}' is not one of 0 to 65535`;
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  if (seed !== undefined && !Number.isInteger(seed)) return `seed '${values.seed}' is not a whole number`;
  let permit;
  try {
    permit = parsePermits(values.permit);
  } catch (error) {
    return error instanceof Error ? error.message : `permissions '${values.permit}' make no sense`;
  }
  return {
    port,
    host: values.host,
    allowedHosts: values['allow-host'].split(',').filter((name) => name !== ''),
    permit,
    seed,
    clock: values.virtual ? 'virtual' : 'real',
    isVerbose: values.verbose,
    isJson: values.json,
  };
}

function firstSentence(text: string): string {
  return text.split(/\.\s/)[0] ?? text;
}
