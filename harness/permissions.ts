import { isPermissionId, permissions } from 'parallax-emulator';
import type { Cell, Permission } from '#core';

/** The sentences and pages of the permissions that the cells' choices name. */
export function permissionsOf(cells: readonly Cell[]): Readonly<Record<string, Permission>> {
  const points = new Set(cells.flatMap(({ runs }) => runs.flatMap(({ choices }) => choices.map(({ point }) => point))));
  const known = [...points].filter(isPermissionId).sort();
  return Object.fromEntries(
    known.map((id) => [id, { sentence: permissions[id].sentence, page: permissions[id].page }]),
  );
}
