export type { Clock } from './clock.ts';
export { AwsError } from './errors.ts';
export type { World } from './service.ts';
