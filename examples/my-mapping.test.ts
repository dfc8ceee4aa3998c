import { conformance, mappingLaws } from 'parallax-conformance/vitest';
import * as mapping from '../docs/mapping-template.ts';

/**
 * What a team's own test file says of its mapping: a test per law, and a test per behaviour that rests on subjects, against
 * a real nats-server and the emulator.
 */
mappingLaws(mapping, { runs: 200 });

await conformance({
  mapping,
  patterns: ['SUBJ-001', 'SUBJ-010', 'SUBJ-011', 'PUB-013'],
  schedules: 2,
});
