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
  const { ceilings, ...said } = facts;
  const profiles = new Set(cells.flatMap(({ target, profile }) => (target === natsTarget ? [] : [profile])));
  const systems = [...profiles].map((profile): SystemDecision => {
    const own = cells.filter((cell) => cell.target !== natsTarget && cell.profile === profile);
    const ceiling = ceilings[profile];
    return {
      system: profile,
      gains: gainsOf(own),
      ...costOf(own, { profile, per: said.per }),
      ...(ceiling === undefined ? {} : { ceiling }),
    };
  });
  return [{ pattern, ...said, systems: [{ system: natsTarget, gains: [] }, ...systems] }];
}

/** What breaks a promise of NATS and is what a team may have wanted, by checker and kind of anomaly. */
const welcome: Readonly<Record<string, string>> = {
  'at-most-once-after-crash redelivered': 'what a crashed member had in hand is not lost: another gets it',
  'key-grammar taken': 'keys of any characters',
};

/** What was seen to be more than NATS gives, each once: rows that came out stronger, and breaches that are welcome. */
function gainsOf(cells: readonly Cell[]): readonly string[] {
  return [
    ...new Set(
      cells.flatMap(({ direction, row, reason, evidence }) => {
        if (direction === 'stronger') return [`${row} ${reason ?? ''}`];
        const gain = welcome[`${evidence?.checker} ${evidence?.kind}`];
        return gain === undefined ? [] : [`${row} ${gain}`];
      }),
    ),
  ];
}

/** Over the acts of one target that go to no limit, each once though its rows share it; of an act about calls alone its calls are counted. */
function costOf(
  cells: readonly Cell[],
  { profile, per }: { readonly profile: string; readonly per: PatternDecision['per'] },
): Pick<SystemDecision, 'requestsPerMessage' | 'dollarsPerMillion' | 'copiesPerMessage'> {
  const [first] = cells;
  const acts = new Map(
    cells.flatMap((cell) =>
      cell.target === first?.target && cell.atScale !== true ? [[cell.scenario, cell] as const] : [],
    ),
  );
  let units = 0;
  let copies = 0;
  let requests = 0;
  let dollars = 0;
  for (const { comparison, requests: calls } of acts.values()) {
    if (comparison === undefined || calls === undefined) continue;
    const { delivery, operations } = comparison;
    units += per === 'message' ? delivery.published : operations.ok + operations.failed;
    copies += delivery.delivered;
    requests += countRequests({ requests: calls });
    dollars += dollarsOf({
      requests: calls,
      transport: profile === 'exact' ? 'fifo' : 'standard',
      deliveries: delivery.delivered,
    });
  }
  if (units === 0 || requests === 0) return {};
  return {
    requestsPerMessage: requests / units,
    dollarsPerMillion: (dollars / units) * 1e6,
    ...(per === 'message' ? { copiesPerMessage: copies / units } : {}),
  };
}
