import type { Connection, ConnectOptions } from './connection.ts';
import { connectDesign } from './design/connect.ts';
import { allFixes, noFixes } from './design/fixes.ts';
import type { Fixes } from './design/fixes.ts';
import type { SubjectMapping } from './mapping.ts';
import { connectExact } from './exact/connect.ts';

export const profiles = ['design', 'mended', 'exact'] as const;

/**
 * `design` is the document, literally; `mended` the document with the fixes that a sensible team would make; `exact`
 * the most faithful mapping that AWS allows.
 */
export type ProfileName = (typeof profiles)[number];

/**
 * Opens a connection of the profile and makes the resources it needs. `fixes` are those of `mended`, all where absent;
 * `mapping` is how its subjects travel, in place of the document's: on rules with SQS targets, those of `work` included.
 */
export function connect(
  options: ConnectOptions & {
    readonly profile: ProfileName;
    readonly fixes?: Fixes;
    readonly mapping?: SubjectMapping;
  },
): Promise<Connection> {
  switch (options.profile) {
    case 'design':
      return connectDesign({ ...options, fixes: noFixes });
    case 'mended':
      return connectDesign({ ...options, fixes: options.fixes ?? allFixes });
    case 'exact':
      return connectExact(options);
    default:
      return options.profile satisfies never;
  }
}
