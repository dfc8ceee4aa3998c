import { AwsError } from '../errors.ts';

/** Refuses parameters that AWS takes and the emulator has nothing for, so that nothing seems to work that does not. */
export function refuseUnsupported(input: object, parameters: readonly string[]): void {
  const given = parameters.find((name) => Reflect.get(input, name) !== undefined);
  if (given !== undefined) throw new AwsError('UnknownOperationException', `the emulator has no '${given}'`);
}
