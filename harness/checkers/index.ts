export { compareAndSet } from './compare-and-set.ts';
export { delivery } from './delivery.ts';
export { exclusiveDelivery } from './exclusive-delivery.ts';
export { groupCopies } from './group-copies.ts';
export { noDuplicates } from './no-duplicates.ts';
export { crossSubjectOrder, perPublisherOrder } from './per-publisher-order.ts';
