import { UsageError } from '#core';
import { startLocalstack } from '../../fixtures/localstack.ts';
import { UnavailableError } from '../../fixtures/unavailable-error.ts';
import type { ConformanceOptions } from '../options.ts';
import { probe } from '../targets/probe.ts';
import type { AwsPlace } from './provided.ts';

/** Where AWS stands in this run: in the process, in a container started here, or at a URL that answers. */
export async function startAws({
  stack,
  options,
  signal,
}: {
  readonly stack: AsyncDisposableStack;
  readonly options: ConformanceOptions;
  readonly signal: AbortSignal;
}): Promise<AwsPlace> {
  if (options.target === 'embedded') return { kind: 'embedded', name: 'embedded' };
  if (options.target !== 'localstack') return await identify(options.target, signal);
  try {
    const localstack = stack.use(
      await startLocalstack({ env: process.env, dockerSocket: options.dockerSocket, signal }),
    );
    return await identify(localstack.url, signal);
  } catch (error) {
    if (error instanceof UnavailableError) return { kind: 'none', name: 'localstack', reason: error.message };
    throw error;
  }
}

/** Asks the health pages that emulators have; a server that has none goes by its host. */
async function identify(url: string, signal: AbortSignal): Promise<AwsPlace> {
  const ours = await health(`${url}/_health`, signal);
  if (ours?.['emulator'] === 'parallax') {
    return { kind: 'url', name: 'emulator', url, version: String(ours['version']), lacks: {} };
  }
  const localstack = await health(`${url}/_localstack/health`, signal);
  if (localstack?.['edition'] !== undefined) {
    const version = String(localstack['version']);
    return { kind: 'url', name: 'localstack', url, version, lacks: await probe({ url, signal }) };
  }
  return {
    kind: 'url',
    name: new URL(url).hostname,
    url,
    version: 'unknown',
    lacks: await probe({ url, signal }),
  };
}

async function health(url: string, signal: AbortSignal): Promise<Record<string, unknown> | undefined> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    throw new UsageError(`target '${new URL(url).origin}' does not answer: expected an AWS endpoint that is running`, {
      cause: error,
    });
  }
  if (!response.ok) return undefined;
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}
