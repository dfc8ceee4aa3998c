import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from './generated/shapes.ts';
import { lambdaQuotas } from '../quotas.ts';
import { invalidParameterValue } from './refusals.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { checkRuntime } from './runtimes.ts';
import type { Settings } from './state.ts';

/** The members of CreateFunction and UpdateFunctionConfiguration that make a configuration. */
export type SettingsRequest = Omit<
  UpdateFunctionConfigurationRequest,
  'FunctionName' | 'VpcConfig' | 'Layers' | 'FileSystemConfigs' | 'ImageConfig' | 'RevisionId'
> &
  Pick<CreateFunctionRequest, 'Architectures'>;

/** What a function has that was given nothing else; recorded. */
export function defaultSettings(functionName: string, role: string): Settings {
  return {
    Role: role,
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    TracingConfig: { Mode: 'PassThrough' },
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${functionName}` },
    Architectures: ['x86_64'],
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  };
}

/** The settings with those members changed that the request names. */
export function changeSettings(settings: Settings, request: SettingsRequest): Settings {
  refuseUnsupported(request, notThere);
  checkRuntime(request.Runtime);
  checkVariables(request.Environment?.Variables);
  const { SnapStart, Environment, DeadLetterConfig, LoggingConfig, ...plain } = request;
  return {
    ...settings,
    ...Object.fromEntries(Object.entries(plain).filter(([name, value]) => name in known && value !== undefined)),
    ...(Environment && { Environment: { Variables: Environment.Variables ?? {} } }),
    ...(DeadLetterConfig && { DeadLetterConfig: DeadLetterConfig.TargetArn ? DeadLetterConfig : undefined }),
    ...(LoggingConfig && { LoggingConfig: { ...settings.LoggingConfig, ...LoggingConfig } }),
    ...(SnapStart && { SnapStart: { ApplyOn: SnapStart.ApplyOn, OptimizationStatus: 'Off' } }),
  };
}

/** Features of functions that the emulator has nothing for. A network of one's own changes nothing that code could see here. */
const notThere = [
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'CodeSigningConfigArn',
  'PublishTo',
  'TenancyConfig',
  'CapacityProviderConfig',
  'DurableConfig',
  'RuntimeConfig',
  'AcceleratorConfig',
];

/** Members that are kept as they are given. */
const known = {
  Runtime: true,
  Role: true,
  Handler: true,
  Description: true,
  Timeout: true,
  MemorySize: true,
  KMSKeyArn: true,
  TracingConfig: true,
  EphemeralStorage: true,
  Architectures: true,
} as const satisfies Partial<Record<keyof SettingsRequest, true>>;

function checkVariables(variables: Readonly<Record<string, string>> | undefined): void {
  if (variables === undefined) return;
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) <= lambdaQuotas.variablesBytesMax) return;
  throw invalidParameterValue(
    'Lambda was unable to configure your environment variables because the environment variables you have provided ' +
      `exceeded the 4KB limit. String measured: ${measured}`,
  );
}
