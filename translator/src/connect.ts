import type { Connection, ConnectOptions } from './connection.ts';
import { connectDesign } from './design/connect.ts';
import { connectExact } from './exact/connect.ts';

export const profiles = ['design', 'exact'] as const;

/** `design` is the document, literally; `exact` the most faithful mapping that AWS allows. */
export type ProfileName = (typeof profiles)[number];

/** Opens a connection of the profile and makes the resources it needs. */
export function connect(options: ConnectOptions & { readonly profile: ProfileName }): Promise<Connection> {
  switch (options.profile) {
    case 'design':
      return connectDesign(options);
    case 'exact':
      return connectExact(options);
    default:
      return options.profile satisfies never;
  }
}
