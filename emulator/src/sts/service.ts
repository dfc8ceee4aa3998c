import type { ServiceDefinition } from '../service.ts';

export default {
  name: 'sts',
  createState: () => ({}),
} satisfies ServiceDefinition<Readonly<Record<string, never>>>;
