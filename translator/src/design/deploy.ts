import { CreateFunctionCommand, DeleteFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { AwsClients } from '../clients.ts';
import { sleep } from '../clock.ts';
import type { ConnectOptions } from '../connection.ts';
import { zip } from '../zip.ts';
import { handlerName } from './handler-name.ts';

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
  {
    clients,
    clock,
    prefix,
  }: Pick<ConnectOptions, 'clock' | 'prefix'> & { readonly clients: Pick<AwsClients, 'lambda'> },
  { subject, files, roleArn, timeoutSeconds }: Deployment,
  { signal }: { readonly signal: AbortSignal },
): Promise<() => Promise<void>> {
  const FunctionName = handlerName(prefix, subject);
  const created = await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleArn,
      Timeout: timeoutSeconds,
      Code: { ZipFile: zip(files) },
    }),
    { abortSignal: signal },
  );
  let { State, StateReason }: Pick<FunctionConfiguration, 'State' | 'StateReason'> = created;
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
