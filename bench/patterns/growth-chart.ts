import type { Measurement } from './measurement.ts';

const width = 420;
const height = 300;
const margin = 46;

/** Two panels, both axes logarithmic: events per CPU second over rules, by kind, and over the size of events. */
export function growthChart(measurements: readonly Measurement[]): string {
  const eventBytes = Math.min(...measurements.map((each) => each.eventBytes));
  const kinds = [...new Set(measurements.map(({ workload }) => workload))];
  const small = measurements.filter((each) => each.eventBytes < eventBytes * 1.5);
  const byRules = kinds.flatMap((kind, index) => {
    const of = small.filter(({ workload }) => workload === kind);
    const line = (side: 'ours' | 'ruler'): Line => ({
      label: side === 'ours' ? kind : '',
      color: colors[index % colors.length] ?? 'black',
      dashed: side === 'ruler',
      points: of.map((each) => [each.rules, each[side].eventsPerCpuSecond]),
    });
    return [line('ours'), line('ruler')];
  });
  const sized = measurements.filter(({ workload, rules }) => workload === 'exact' && rules === 300);
  const bySize = (['ours', 'ruler'] as const).map((side, index) => ({
    label: side === 'ours' ? 'ours' : 'event-ruler',
    color: colors[index] ?? 'black',
    dashed: side === 'ruler',
    points: sized.map((each) => [each.eventBytes, each[side].eventsPerCpuSecond] as const),
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * width} ${height + 30}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="white"/>
<text x="${margin}" y="16">Events per second of CPU: the engine solid, event-ruler dashed</text>
${panel(0, 'rules', byRules)}
${panel(width, 'bytes of an event (300 exact rules)', bySize)}
</svg>
`;
}

interface Line {
  readonly label: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const colors = ['#1b6ca8', '#c0392b', '#27893c', '#8e44ad', '#b9770e', '#16737d'];

function panel(left: number, title: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const x = scale(
    points.map(([value]) => value),
    left + margin,
    left + width - 76,
  );
  const y = scale(
    points.map(([, value]) => value),
    height,
    40,
  );
  return [
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.of(tick)}" x2="${x.of(tick)}" y1="40" y2="${height}" stroke="#ddd"/><text x="${x.of(tick)}" y="${height + 14}" text-anchor="middle">${tick}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${left + margin}" x2="${left + width - 76}" y1="${y.of(tick)}" y2="${y.of(tick)}" stroke="#ddd"/><text x="${left + margin - 4}" y="${y.of(tick) + 4}" text-anchor="end">${tick >= 1000 ? `${tick / 1000}k` : tick}</text>`,
    ),
    `<text x="${left + width / 2 - 20}" y="${height + 28}" text-anchor="middle">${title}</text>`,
    ...lines.map((line) => draw(line, x, y)),
  ].join('\n');
}

function draw({ label, color, dashed, points }: Line, x: Scale, y: Scale): string {
  const path = points.map(([px, py]) => `${x.of(px).toFixed(1)},${y.of(py).toFixed(1)}`).join(' ');
  const last = points.at(-1);
  const text =
    last && label !== ''
      ? `<text x="${x.of(last[0]) + 5}" y="${y.of(last[1]) + 4}" fill="${color}">${label}</text>`
      : '';
  return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"${dashed ? ' stroke-dasharray="4 3"' : ''}/>${text}`;
}

interface Scale {
  readonly of: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Logarithmic, between powers of ten. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    of: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  };
}
