import type { World } from '../service.ts';

/** Calls an operation from work that counts as busy: meanwhile only the call does, so that its waiting is no business. */
export function callInside(world: World, service: string, operation: string, input: object): Promise<unknown> {
  return world.park<unknown>((resume) => {
    world.call(service, operation, input).then(resume, (error: unknown) => resume(Promise.reject(error)));
  });
}
