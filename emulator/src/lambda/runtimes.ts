import { invalidParameterValue } from './refusals.ts';

/** The runtimes a function may still be given, in the order in which AWS was seen to list them. */
const supported = [
  'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10',
  'python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11',
  'dotnet6, nodejs18.x, provided.al2, java8.al2',
].join(', ');

const names: ReadonlySet<string> = new Set(supported.split(', '));

/** What AWS answers to a runtime that never was: recorded. */
export function unknownRuntime(runtime: string) {
  return invalidParameterValue(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ` +
      `[${supported}] or be a valid ARN`,
  );
}

/** Refuses a runtime of the model that new functions may no longer have. */
export function checkRuntime(runtime: string | undefined): void {
  if (runtime === undefined || names.has(runtime)) return;
  throw invalidParameterValue(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
      'We recommend you use a supported runtime while creating or updating functions.',
  );
}
