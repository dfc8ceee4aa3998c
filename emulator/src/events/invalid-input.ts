import { isRecord } from '../codecs/json.ts';
import type { AwsError } from '../errors.ts';
import { validationError } from '../validation.ts';
import type { Violation } from '../validation.ts';

/** As most services answer, but that entries are printed as they were recorded to be. */
export function invalidInput(violations: readonly Violation[], operation: string, input: unknown): AwsError {
  if (operation !== 'PutEvents' || !isRecord(input) || !Array.isArray(input['Entries'])) {
    return validationError(violations);
  }
  const entries = `[${input['Entries'].map(printEntry).join(', ')}]`;
  return validationError(
    violations.map((violation) => (violation.path === 'entries' ? { ...violation, value: entries } : violation)),
  );
}

const members = ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'];

function printEntry(entry: unknown): string {
  const given = isRecord(entry) ? entry : {};
  const printed = members.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}=${print(given[name])}`);
  return `PutEventsRequestEntry(${[...printed, 'kmsKeyIdentifier=null', 'internalMetadata=null'].join(', ')})`;
}

function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'null';
}
