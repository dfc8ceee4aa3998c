import { uuid } from '../ids.ts';
import type { World } from '../service.ts';
import { preconditionFailed } from './refusals.ts';
import type { Code, LambdaFunction, Settings, Version } from './state.ts';

/** The function's `$LATEST` with other code or settings; environments of the former one are not used again. */
export function changeLatest(
  world: World,
  fn: LambdaFunction,
  change: { readonly code?: Code; readonly settings?: Settings },
): Version {
  closeEnvironments(fn.latest);
  fn.latest = newVersion(world, {
    version: '$LATEST',
    code: change.code ?? fn.latest.code,
    settings: change.settings ?? fn.latest.settings,
  });
  return fn.latest;
}

/** Ends the environments that wait; those at work end with what they do. */
export function closeEnvironments({ idle }: Version): void {
  for (const environment of idle.splice(0)) environment.kill();
}

/** A version that was not there before. */
export function newVersion(
  world: World,
  { version, code, settings }: Pick<Version, 'version' | 'code' | 'settings'>,
): Version {
  return {
    version,
    code,
    settings,
    revisionId: uuid(world.random),
    modifiedMs: world.clock.epochMs(),
    idle: [],
  };
}

/** Publishes `$LATEST`, unless nothing has changed since it was last: then it is the version of then. */
export function publishLatest(world: World, fn: LambdaFunction, description?: string): Version {
  const last = fn.versions.get(String(fn.lastVersion));
  const { code, settings } = fn.latest;
  if (last !== undefined && fn.published !== undefined && isSame(fn.published, fn.latest)) return last;
  fn.published = { code, settings };
  fn.lastVersion += 1;
  const version = newVersion(world, {
    version: String(fn.lastVersion),
    code,
    settings: description === undefined ? settings : { ...settings, Description: description },
  });
  fn.versions.set(version.version, version);
  revise(world, fn.latest);
  return version;
}

function isSame(a: Pick<Version, 'code' | 'settings'>, b: Pick<Version, 'code' | 'settings'>): boolean {
  return a.code.sha256 === b.code.sha256 && JSON.stringify(a.settings) === JSON.stringify(b.settings);
}

/** What is created or updated has another revision once that is done: recorded. */
export function revise(world: World, ...versions: readonly Version[]): void {
  for (const version of new Set(versions)) version.revisionId = uuid(world.random);
}

/** Refuses a change to a revision that is not the latest. */
export function checkRevision(fn: LambdaFunction, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== fn.latest.revisionId) throw preconditionFailed('GetFunction/GetAlias');
}
