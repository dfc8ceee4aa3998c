import { AwsError } from './errors.ts';

/**
 * Refuses parameters that AWS takes and the emulator has nothing for, so that nothing seems to work that does not. An empty
 * list or structure asks for nothing.
 */
export function refuseUnsupported(input: object, parameters: readonly string[]): void {
  const given = parameters.find((name) => !isNothing(Reflect.get(input, name)));
  if (given !== undefined) throw new AwsError('UnknownOperationException', `the emulator has no '${given}'`);
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === 0) return true;
  return typeof value === 'object' && value !== null && Object.values(value).every(isNothing);
}
