import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where peers are installed: outside the project, so that none becomes a dependency of it. */
export const peersFolder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'parallax-bench-peers');

/** What is installed, by the names their registries know them by. */
export const peerVersions = {
  fauxqs: '2.4.1',
  dynalite: '4.0.0',
  moto: '5.2.5',
  ministack: '1.5.33',
  dynamoDbLocal: '3.3.1',
  localStack: '4.14.0',
} as const;
