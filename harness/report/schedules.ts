import type { Cell, Schedules } from '#core';

/** One body of schedules that a cell rests on. */
export interface ScheduleLine {
  /** Whose they are: `in this run`, or `explored from seed 1`. */
  readonly where: string;
  readonly figures: Schedules;
  /** How many gaps they found. */
  readonly found: number;
}

/** The adverse schedules of the report's own run, and those that `parallax explore` played. */
export function scheduleLines({ adverse, explored, runs }: Cell): readonly ScheduleLine[] {
  const gaps = runs.filter(({ seed, outcome }) => seed !== 'friendly' && outcome === 'gap').length;
  return [
    ...(adverse === undefined ? [] : [{ where: 'in this run', figures: adverse, found: gaps }]),
    ...(explored === undefined
      ? []
      : [{ where: `explored from seed ${explored.seed}`, figures: explored, found: explored.capsules.length }]),
  ];
}

/** `20 schedules in this run, with every liberty AWS takes, found nothing: 19 distinct histories`. */
export function scheduleSentence({ where, figures, found }: ScheduleLine): string {
  const { schedules, distinctHistories } = figures;
  const what = found === 0 ? 'found nothing' : where === 'in this run' ? `broke it ${found} times` : `found ${found}`;
  const histories =
    distinctHistories === undefined ? '' : `: ${count(distinctHistories, 'distinct history', 'distinct histories')}`;
  return `${count(schedules, 'schedule', 'schedules')} ${where}, with every liberty AWS takes, ${what}${histories}`;
}

/** `ADV-SQS-01 12, FAULT-throttling 3`, the most frequent first. */
export function pointsText({ points }: Schedules): string {
  return Object.entries(points)
    .toSorted(([, a], [, b]) => b - a)
    .map(([point, times]) => `${point} ${times.toLocaleString('en')}`)
    .join(', ');
}

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}
