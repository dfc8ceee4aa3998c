import { visible } from '../report/visible.ts';
import type { Plan } from './plan.ts';
import type { ProfilePlan, QuotaUse } from './profile-plan.ts';

/** The plan for a terminal: resources with what they serve, quotas with their sources, what cannot be had and why. */
export function planText({ profiles, differences }: Plan): string {
  const parts = [
    ...profiles.map(profileText),
    differences.length === 0
      ? 'mended and design give every subject to those who get it on NATS'
      : [
          `mended or design give other receivers than NATS (subjects: ${differences.length}):`,
          ...differences.map(
            ({ subject, nats, mended, design, why }) =>
              `  ${subject}: NATS ${listed(nats)}; mended ${listed(mended)}; design ${listed(design)} (${why})`,
          ),
        ].join('\n'),
  ];
  return `${parts.map((part) => part.split('\n').map(visible).join('\n')).join('\n\n')}\n`;
}

function listed(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) =>
    length === 1 ? name : `${name} ×${length}`,
  );
  return counts.length === 0 ? 'nobody' : counts.join(', ');
}

function profileText({ profile, resources, quotas, unmappable }: ProfilePlan): string {
  const counts = [...Map.groupBy(resources, ({ kind }) => kind)].map(
    ([kind, own]) => `${own.length} ${own.length === 1 ? kind : `${kind}s`}`,
  );
  const lines = resources.map(({ kind, name, serves, pattern }) => {
    const asked = pattern === undefined ? '' : `  ${JSON.stringify(pattern)}`;
    return `  ${kind.padEnd(12)} ${name} ← ${listed(serves)}${asked}`;
  });
  const refused = unmappable.map(({ what, why }) => `  cannot map ${what}: ${why}`);
  return [`${profile}: ${counts.join(', ')}`, ...lines, ...quotas.map(quotaText), ...refused].join('\n');
}

function quotaText({ quota, used, limit, source }: QuotaUse): string {
  const over = used > limit ? ' OVER' : '';
  return `  ${used.toLocaleString('en')} of ${limit.toLocaleString('en')} ${quota}${over} (${source})`;
}
