/** One operation's cost by how much there is. */
export interface GrowthSeries {
  readonly name: string;
  readonly points: readonly { readonly size: number; readonly cpuUs: number }[];
}

const [left, top, width, height] = [50, 20, 420, 260];
const colours = ['#1b6ca8', '#c0392b', '#2e8b57', '#8e44ad', '#d68910', '#444'];

/** Server CPU a call against size, which is on a logarithmic axis: a straight line is a logarithm. */
export function growthChart(series: readonly GrowthSeries[]): string {
  const points = series.flatMap((each) => each.points);
  const cpuMax = Math.ceil(Math.max(...points.map(({ cpuUs }) => cpuUs)) / 50) * 50;
  const x = (size: number): number => left + (width * Math.log10(size)) / 5;
  const y = (cpuUs: number): number => top + height * (1 - cpuUs / cpuMax);
  const lines = series.map((each, index) => {
    const path = each.points.map(({ size, cpuUs }) => `${x(size).toFixed(1)},${y(cpuUs).toFixed(1)}`).join(' ');
    const colour = colours[index % colours.length];
    return (
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      `<text x="${left}" y="${top + height + 50 + 18 * index}" fill="${colour}">${each.name}</text>`
    );
  });
  const sizes = [1, 10, 100, 1000, 10_000, 100_000].map(
    (size) => `<text x="${x(size)}" y="${top + height + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
  );
  const costs = [0, cpuMax / 2, cpuMax].map(
    (cpuUs) =>
      `<text x="${left - 6}" y="${y(cpuUs) + 4}" text-anchor="end">${cpuUs}</text>` +
      `<line x1="${left}" x2="${left + width}" y1="${y(cpuUs)}" y2="${y(cpuUs)}" stroke="#ddd"/>`,
  );
  const fullHeight = top + height + 50 + 18 * series.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 30} ${fullHeight}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${left}" y="${top - 6}">µs of server CPU an act, by size</text>`,
    ...costs,
    ...sizes,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}
