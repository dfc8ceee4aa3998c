import type { TestProject } from 'vitest/node';
import { defaultOptions } from '../options.ts';
import { heldServers } from './held.ts';
import { startServers } from './servers.ts';

/**
 * Provides what the conformance cells need, once a run; other projects need nothing. `parallax conformance` has started
 * it already; plain `npx vitest --project conformance` starts it here, with the default options.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!project.vitest.projects.some(({ name }) => name === 'conformance' || name === 'latency')) return undefined;
  const held = heldServers();
  if (held !== undefined) {
    project.provide('parallax', held.provided);
    return undefined;
  }
  const servers = await startServers({ root: project.vitest.config.root, options: defaultOptions });
  project.provide('parallax', servers.provided);
  return async () => servers[Symbol.asyncDispose]();
}
