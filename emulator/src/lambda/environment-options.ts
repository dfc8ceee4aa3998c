import type { Clock } from '../clock.ts';
import type { SdkSend } from './sandbox-sdk.ts';
import type { Files } from './unzip.ts';

/** What an execution environment is made of. */
export interface EnvironmentOptions {
  readonly files: Files;
  /** `FILE.EXPORT`, as in the function's configuration. */
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Where calls of the sandbox's AWS clients go. */
  readonly send: SdkSend;
  /** Names the environment in the logs, and to its code. */
  readonly logStream: string;
}
