/** The mappings alone, without an AWS client: for tools that ask how subjects become events. */
export { designMapping, wholeSubjectMapping, workOf, workQueueKeys } from './design/mapping.ts';
export { InvalidSubjectError, UnmappableError } from './errors.ts';
export { filterPolicy, subjectAttributes } from './exact/filter.ts';
export { exactMapping } from './exact/mapping.ts';
export type { EventEntry, EventPattern, SubjectMapping } from './mapping.ts';
