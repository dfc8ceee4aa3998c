import { createHash } from 'node:crypto';
import { CreateFunctionCommand, DeleteFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { CreateFunctionCommandInput, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { isAwsError } from '../aws-error.ts';
import type { AwsClients } from '../clients.ts';
import { sleep } from '../clock.ts';
import type { ConnectOptions } from '../connection.ts';
import { createRetry } from '../retry.ts';
import { zip } from '../zip.ts';
import { handlerName } from './handler-name.ts';

type DeployOptions = Pick<ConnectOptions, 'clock' | 'random' | 'prefix'> & {
  readonly clients: Pick<AwsClients, 'lambda'>;
};

/** A function that answers requests to one agent. */
export interface Deployment {
  /** The subject that is asked: its first two tokens name the function. */
  readonly subject: string;
  /** Files of the archive; `index.handler` is called. */
  readonly files: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly timeoutSeconds: number;
}

const pollMs = 100;
const pollsMax = 600;

/** Makes the function and resolves, once it can be invoked, to what removes it. */
export async function deployHandler(
  options: DeployOptions,
  { subject, files, roleArn, timeoutSeconds }: Deployment,
  { signal }: { readonly signal: AbortSignal },
): Promise<() => Promise<void>> {
  const { clients, clock, prefix } = options;
  const FunctionName = handlerName(prefix, subject);
  const settings = {
    FunctionName,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: roleArn,
    Timeout: timeoutSeconds,
  } as const;
  const made = await create(options, { settings, archive: zip(files), signal });
  let { State, StateReason } = made;
  for (let polls = 0; State === 'Pending'; polls += 1) {
    if (polls === pollsMax) throw new Error(`function '${FunctionName}' is not active after ${pollMs * pollsMax} ms`);
    await sleep(clock, pollMs, { signal });
    ({ State, StateReason } = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), {
      abortSignal: signal,
    }));
  }
  if (State === 'Failed') throw new Error(`function '${FunctionName}' could not be started: ${StateReason}`);
  return async () => {
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName }));
  };
}

/** A function of this name with this very code is what an attempt made whose answer was lost. */
async function create(
  { clients: { lambda }, clock, random }: DeployOptions,
  {
    settings,
    archive,
    signal,
  }: {
    readonly settings: Omit<CreateFunctionCommandInput, 'Code'>;
    readonly archive: Uint8Array;
    readonly signal: AbortSignal;
  },
): Promise<FunctionConfiguration> {
  const deploying = createRetry({ clock, random, signal });
  const abortSignal = signal;
  const { FunctionName } = settings;
  const command = new CreateFunctionCommand({ ...settings, Code: { ZipFile: archive } });
  try {
    return await deploying(() => lambda.send(command, { abortSignal }));
  } catch (error) {
    if (!isAwsError(error, 'ResourceConflictException')) throw error;
    const found = await deploying(() =>
      lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), { abortSignal }),
    );
    if (found.CodeSha256 !== createHash('sha256').update(archive).digest('base64')) throw error;
    return found;
  }
}
