/** Rules of one kind, and events of which some match. */
export interface Workload {
  readonly name: string;
  readonly rule: (index: number, rules: number) => object;
}

export const workloads: readonly Workload[] = [
  {
    name: 'exact',
    rule: (index) => ({ source: ['orders'], detail: { id: [`id-${index}`] } }),
  },
  {
    name: 'prefix',
    rule: (index) => ({ detail: { path: [{ prefix: `/tenant-${index}/` }] } }),
  },
  {
    name: 'wildcard',
    rule: (index) => ({ detail: { path: [{ wildcard: `/tenant-${index}/*/file-*.txt` }] } }),
  },
  {
    name: 'numeric',
    rule: (index) => ({ detail: { amount: [{ numeric: ['>=', index * 10, '<', index * 10 + 15] }] } }),
  },
  {
    name: 'anything-but',
    rule: (index) => ({ 'detail-type': ['Order placed'], detail: { state: [{ 'anything-but': [`state-${index}`] }] } }),
  },
  {
    name: '$or',
    rule: (index) => ({
      source: ['orders'],
      $or: [
        { detail: { id: [`id-${index}`] } },
        { detail: { state: [`state-${index}`], level: [{ numeric: ['>', 3] }] } },
      ],
    }),
  },
];

/** An event as a bus delivers it, about 800 bytes and `extraFields` more members of 30 bytes that no rule names. */
export function createEvent(random: () => number, rules: number, extraFields = 0): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  const tenant = below(rules * 2);
  const extra = Object.fromEntries(
    Array.from({ length: extraFields }, (_, index) => [`extra-${index}`, `v${below(1e9)}`]),
  );
  return JSON.stringify({
    version: '0',
    id: `6a7e8feb-b491-4cf7-a9f1-${String(below(1e12)).padStart(12, '0')}`,
    'detail-type': below(2) === 0 ? 'Order placed' : 'Order shipped',
    source: 'orders',
    account: '111122223333',
    time: '2026-11-24T10:00:00Z',
    region: 'us-east-1',
    resources: [`arn:aws:s3:::bucket-${below(1000)}`],
    detail: {
      ...extra,
      customer: { name: 'A. N. Other', address: { street: '1 Main Street', city: 'Springfield' }, vip: false },
      items: [
        { sku: `sku-${below(1000)}`, quantity: 2, price: 19.99 },
        { sku: `sku-${below(1000)}`, quantity: 1, price: 5 },
      ],
      id: `id-${below(rules * 2)}`,
      path: `/tenant-${tenant}/folder-${below(100)}/file-${below(100)}.txt`,
      amount: below(rules * 20),
      state: `state-${below(rules * 2)}`,
      level: below(10),
      note: 'a note that is long enough to be skipped over, with "quotes" in it',
    },
  });
}
