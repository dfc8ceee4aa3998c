import { parseArgs } from 'node:util';
import { profiles } from 'parallax-translator';
import type { ProfileName } from 'parallax-translator';
import { UsageError } from '#core';

/** The ways in which the translator rebuilds NATS. */
export const profileNames = profiles;

/** What a conformance run is asked to do. Plain JSON: it travels to the workers. */
export interface ConformanceOptions {
  /** Parts of scenario paths, or row ids; all where empty. */
  readonly patterns: readonly string[];
  /** `embedded`, `localstack` or a URL. */
  readonly target: string;
  readonly profiles: readonly ProfileName[];
  /** A URL, `container`, or absent: found or fetched. */
  readonly nats?: string;
  readonly seed: number;
  /** Adverse schedules a cell; absent: 20 on `embedded`, 1 in real time. */
  readonly schedules?: number;
  readonly out: string;
  readonly shard?: string;
  readonly baseline: 'compare' | 'none' | 'update';
  readonly dockerSocket: boolean;
  readonly latency: boolean;
  /** vitest's filter over tags: levels, features, `scale`. */
  readonly tags?: string;
  /** A folder that `parallax explore` wrote: what it found is laid beside the cells. */
  readonly explored?: string;
  /** Print report.json to standard output, and nothing else. */
  readonly json: boolean;
}

export const defaultOptions: ConformanceOptions = {
  patterns: [],
  target: 'embedded',
  profiles: profileNames,
  seed: 1,
  out: 'report',
  baseline: 'compare',
  dockerSocket: true,
  latency: true,
  json: false,
};

/**
 * Options from a command line.
 *
 * @throws UsageError that names the value and what was expected.
 */
export function parseConformanceOptions(argv: readonly string[]): ConformanceOptions {
  const { values, positionals } = parse(argv);
  if (values['no-baseline'] === true && values['update-baseline'] === true) {
    throw new UsageError("'--no-baseline' and '--update-baseline' were both given: expected one of them");
  }
  return {
    patterns: positionals,
    target: parseTarget(values.target ?? defaultOptions.target),
    profiles: parseProfiles(values.profile ?? 'all'),
    ...(values.nats === undefined ? {} : { nats: parseNats(values.nats) }),
    seed: parseCount('--seed', values.seed ?? '1'),
    ...(values.schedules === undefined ? {} : { schedules: parseCount('--schedules', values.schedules) }),
    out: values.out ?? defaultOptions.out,
    ...(values.shard === undefined ? {} : { shard: parseShard(values.shard) }),
    baseline: values['no-baseline'] === true ? 'none' : values['update-baseline'] === true ? 'update' : 'compare',
    dockerSocket: values['no-docker-socket'] !== true,
    latency: values['no-latency'] !== true,
    ...(values.tags === undefined ? {} : { tags: parseTags(values.tags) }),
    ...(values.explored === undefined ? {} : { explored: values.explored }),
    json: values.json === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        target: { type: 'string' },
        profile: { type: 'string' },
        nats: { type: 'string' },
        seed: { type: 'string' },
        schedules: { type: 'string' },
        out: { type: 'string' },
        shard: { type: 'string' },
        'no-baseline': { type: 'boolean' },
        'update-baseline': { type: 'boolean' },
        'no-docker-socket': { type: 'boolean' },
        'no-latency': { type: 'boolean' },
        explored: { type: 'string' },
        json: { type: 'boolean' },
        tags: { type: 'string' },
      },
    });
  } catch (error) {
    // Of node's two sentences the first names the option; the second is about arguments that begin with a dash.
    const [message] = String(error instanceof Error ? error.message : error).split('. ');
    throw new UsageError(`${message}: see 'parallax conformance --help'`, { cause: error });
  }
}

/** The loopback names that a URL target may have; anything else could be a real account. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(hostname) ||
    hostname.endsWith('.localhost') ||
    hostname === 'localhost.localstack.cloud' ||
    hostname.endsWith('.localhost.localstack.cloud')
  );
}

/** @throws UsageError where it is none, or not on this machine. */
export function parseTarget(value: string): string {
  if (value === 'embedded' || value === 'localstack') return value;
  const url = URL.parse(value);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(
      `target '${value}' is unknown: expected 'embedded', 'localstack' or a URL such as http://127.0.0.1:4566`,
    );
  }
  if (!isLoopback(url.hostname)) {
    throw new UsageError(
      `target '${value}' is not on this machine: expected a loopback address, since a real account would be charged`,
    );
  }
  return url.origin;
}

function parseProfiles(value: string): readonly ProfileName[] {
  if (value === 'all') return profileNames;
  const found = profileNames.filter((name) => value.split(',').includes(name));
  const unknown = value.split(',').find((name) => !profileNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw new UsageError(`profile '${unknown}' is unknown: expected one of ${profileNames.join(', ')}, all`);
  }
  return found;
}

function parseNats(value: string): string {
  if (value === 'container' || /^nats:\/\/[^\s/]+$/.test(value)) return value;
  throw new UsageError(`nats '${value}' is unknown: expected 'container' or a URL such as nats://127.0.0.1:4222`);
}

function parseCount(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${name} '${value}' is not a number: expected 0 to 999999999`);
  return Number(value);
}

function parseShard(value: string): string {
  const [index, count] = value.split('/').map(Number);
  if (!/^\d+\/\d+$/.test(value) || index === undefined || count === undefined || index < 1 || index > count) {
    throw new UsageError(`shard '${value}' is no shard: expected I/N with 1 ≤ I ≤ N, such as 1/2`);
  }
  return value;
}

/** Vitest reads it in every worker, and a mistake would be told by each; its words are reduced here until one is left. */
function parseTags(value: string): string {
  let rest = value
    .replaceAll('&&', ' and ')
    .replaceAll('||', ' or ')
    .replace(/!/g, ' not ')
    .replace(/[()]/g, ' $& ')
    .trim()
    .split(/\s+/)
    .map((word) => (/^(and|or|not)$/i.test(word) ? word.toLowerCase() : /^[()]$/.test(word) ? word : 'tag'))
    .join(' ');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/not tag|\( tag \)|tag (?:and|or) tag/, 'tag');
  }
  if (value.trim() !== '' && rest === 'tag') return value;
  throw new UsageError(
    `tags '${value}' cannot be read: expected tags with 'and', 'or', 'not', such as 'MUST and !scale'`,
  );
}
