export { createAwsBackend } from './backend.ts';
export type { AwsBackendOptions } from './backend.ts';
export { awsProfiles } from './profile.ts';
