import type { PermissionId } from '../permissions/index.ts';
import type { World } from '../service.ts';

/** The option that the world takes the next time this point comes up for this resource; 0 is the friendly one. */
export function chance(world: World, point: PermissionId, resource: () => string, options: number): number {
  if (!world.isAdverse) return 0;
  const name = resource();
  return world.choose(point, `${name}#${world.ordinal(name, point)}`, options);
}
