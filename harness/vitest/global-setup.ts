import type { TestProject } from 'vitest/node';
import { startServers } from './servers.ts';

/** Starts what the conformance cells need, once a run; other projects need nothing. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!project.vitest.projects.some(({ name }) => name === 'conformance' || name === 'latency')) return undefined;
  const servers = await startServers({ root: project.vitest.config.root });
  project.provide('parallax', servers.provided);
  return async () => servers[Symbol.asyncDispose]();
}
