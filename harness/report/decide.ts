import type { Cell, Deciding, PatternDecision, SystemDecision } from '#core';
import { countRequests, dollarsOf } from './cost.ts';
import { featureOf, natsTarget } from './matrix.ts';
import { patternFacts } from './pattern-facts.ts';
import { prices } from './prices.ts';

/**
 * The page a team decides by, from the cells of a run: requests and dollars are counted from the calls of the friendly
 * runs, gains are what was seen to be stronger than NATS. A pattern without known facts has no row.
 */
export function decidingOf(cells: readonly Cell[]): Deciding {
  const readOn = Object.values(prices).map((price) => price.readOn);
  return {
    prices: {
      readOn: readOn.reduce((a, b) => (a < b ? a : b)),
      source: 'https://aws.amazon.com/pricing/',
    },
    patterns: [...Map.groupBy(cells, featureOf)].flatMap(([pattern, own]) => decide(pattern, own)),
  };
}

function decide(pattern: string, cells: readonly Cell[]): readonly PatternDecision[] {
  const family = cells[0]?.row.split('-')[0] ?? '';
  const facts = patternFacts[family];
  if (facts === undefined) return [];
  const { complexity, claim, ceilings } = facts;
  const profiles = new Set(cells.flatMap(({ target, profile }) => (target === natsTarget ? [] : [profile])));
  const systems = [...profiles].map((profile): SystemDecision => {
    const own = cells.filter((cell) => cell.target !== natsTarget && cell.profile === profile);
    const ceiling = ceilings[profile];
    return {
      system: profile,
      gains: gainsOf(own),
      ...costOf(own, profile),
      ...(ceiling === undefined ? {} : { ceiling }),
    };
  });
  return [{ pattern, complexity, claim, systems: [{ system: natsTarget, gains: [] }, ...systems] }];
}

/** Rows that came out stronger than on NATS, each once. */
function gainsOf(cells: readonly Cell[]): readonly string[] {
  return [
    ...new Set(cells.flatMap(({ direction, row, title }) => (direction === 'stronger' ? [`${row} ${title}`] : []))),
  ];
}

/**
 * Over the acts of one target, each once though its rows share it; per message published or requested, and where an act
 * publishes nothing, per call of the application.
 */
function costOf(
  cells: readonly Cell[],
  profile: string,
): Pick<SystemDecision, 'requestsPerMessage' | 'dollarsPerMillion' | 'per'> {
  const [first] = cells;
  const acts = new Map(
    cells.flatMap((cell) => (cell.target === first?.target ? [[cell.scenario, cell] as const] : [])),
  );
  let messages = 0;
  let published = 0;
  let requests = 0;
  let dollars = 0;
  for (const { comparison, requests: calls } of acts.values()) {
    if (comparison === undefined || calls === undefined) continue;
    const { delivery, operations } = comparison;
    published += delivery.published;
    messages += delivery.published > 0 ? delivery.published : operations.ok + operations.failed;
    requests += countRequests({ requests: calls });
    dollars += dollarsOf({
      requests: calls,
      transport: profile === 'exact' ? 'fifo' : 'standard',
      deliveries: delivery.delivered,
    });
  }
  if (messages === 0 || requests === 0) return {};
  return {
    requestsPerMessage: requests / messages,
    dollarsPerMillion: (dollars / messages) * 1e6,
    ...(published === 0 ? { per: 'call' } : {}),
  };
}
