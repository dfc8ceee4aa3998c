/** A span of time in the largest unit that says it whole: `15 min`, `90 s`, `250 ms`. */
export function durationOf(ms: number): string {
  const [divisor, unit] = units.find(([size]) => ms >= size && ms % size === 0) ?? [1, 'ms'];
  return `${ms / divisor} ${unit}`;
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;
