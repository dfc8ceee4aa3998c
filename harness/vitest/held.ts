import type { Servers } from './servers.ts';

const key = Symbol.for('parallax.servers');

/**
 * The servers that the command line holds for the run. vitest loads its global setup and its reporter as modules of
 * their own, so a variable of a module would not reach them.
 */
export function heldServers(): Servers | undefined {
  const held: unknown = Reflect.get(globalThis, key);
  return isServers(held) ? held : undefined;
}

/** Holds them until the returned function is called. */
export function holdServers(servers: Servers): () => void {
  Reflect.set(globalThis, key, servers);
  return () => void Reflect.deleteProperty(globalThis, key);
}

function isServers(value: unknown): value is Servers {
  return typeof value === 'object' && value !== null && 'provided' in value;
}
