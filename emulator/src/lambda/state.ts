import type { Environment } from './environment.ts';
import type { FunctionConfiguration, LoggingConfig } from './generated/shapes.ts';
import type { Mapping } from './mapping.ts';
import type { Files } from './unzip.ts';

/** What Lambda knows of one account. */
export interface LambdaState {
  /** By name. */
  readonly functions: Map<string, LambdaFunction>;
  /** By UUID. */
  readonly mappings: Map<string, Mapping>;
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** The base URL it was created through: where its code finds AWS. */
  readonly endpoint: string;
  latest: Version;
  /** Published versions by number. */
  readonly versions: Map<string, Version>;
  lastVersion: number;
  /** What was published last: the same is not published again. */
  published?: { readonly code: Code; readonly settings: Settings };
  readonly aliases: Map<string, Alias>;
  /** Statements of the resource policies by qualifier; the function's own is ''. */
  readonly policies: Map<string, Policy>;
  readonly tags: Map<string, string>;
  /** By qualifier, `$LATEST` for none. */
  readonly invokeConfigs: Map<string, InvokeConfig>;
  reservedConcurrency?: number | undefined;
  /** Invocations under way. */
  running: number;
  /** Invocations so far: keys of the liberties taken with them. */
  invocations: number;
}

/** Code with its configuration: `$LATEST`, or what was published from it. */
export interface Version {
  readonly version: string;
  readonly code: Code;
  readonly settings: Settings;
  revisionId: string;
  readonly modifiedMs: number;
  /** Environments that wait for their next invocation, the one used last at the end. */
  readonly idle: Environment[];
}

export interface Code {
  readonly files: Files;
  readonly bytes: number;
  /** In base64, as AWS shows it. */
  readonly sha256: string;
}

/** The part of a configuration that its owner sets; optional members are shown only where they are set. */
export interface Settings {
  readonly Runtime?: string | undefined;
  readonly Handler?: string | undefined;
  readonly Role: string;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> } | undefined;
  readonly DeadLetterConfig?: { readonly TargetArn?: string | undefined } | undefined;
  readonly KMSKeyArn?: string | undefined;
  readonly TracingConfig: FunctionConfiguration['TracingConfig'];
  readonly EphemeralStorage: FunctionConfiguration['EphemeralStorage'];
  readonly LoggingConfig: LoggingConfig;
  readonly Architectures: readonly string[];
  readonly SnapStart: FunctionConfiguration['SnapStart'];
}

export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Shares of other versions. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

export interface Policy {
  readonly statements: readonly PolicyStatement[];
  readonly revisionId: string;
}

/** A statement of a resource policy, as AddPermission makes it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** How asynchronous invocations are handled. */
export interface InvokeConfig {
  readonly retriesMax?: number | undefined;
  readonly eventAgeMaxSeconds?: number | undefined;
  readonly onSuccess?: string | undefined;
  readonly onFailure?: string | undefined;
  readonly modifiedMs: number;
}

export function createLambdaState(): LambdaState {
  return { functions: new Map(), mappings: new Map() };
}
