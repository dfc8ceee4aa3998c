import { parseArgs } from 'node:util';
import { UsageError } from '#core';
import { doctor, doctorText } from '../doctor.ts';
import type { Command } from './command.ts';

const limitMs = 60_000;

export const doctorCommand: Command = {
  help: `usage: parallax doctor [--json]

Looks for Node, nats-server, Docker, its images and the usual ports, and says what to do about what is not there.
Installs, starts and changes nothing.

exit: 0 all that a run needs is there or can be fetched, 2 something is missing, 64 usage
example: parallax doctor
`,
  async run(argv) {
    const { json } = parse(argv);
    const findings = await doctor({ env: process.env, signal: AbortSignal.timeout(limitMs) });
    process.stdout.write(json === true ? `${JSON.stringify(findings, null, 2)}\n` : doctorText(findings));
    return findings.some(({ state }) => state === 'missing') ? 2 : 0;
  },
};

function parse(argv: readonly string[]): { readonly json?: boolean } {
  try {
    return parseArgs({ args: [...argv], options: { json: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
