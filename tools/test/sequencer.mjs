import Sequencer from '@jest/test-sequencer';

/**
 * Suites that take longest, the longest first, by the ends of their paths. Begun first, so that none is left over when all
 * else is done. Where they have run before, Jest knows how long they took; a fresh clone has only their sizes to go by.
 */
const LONG = [
  'api/test/desk-in-chromium.e2e-spec.ts',
  'worker/test/stop.e2e-spec.ts',
  'api/test/pages-in-chromium.e2e-spec.ts',
  'worker/test/budget.e2e-spec.ts',
  'api/test/connecting-in-chromium.e2e-spec.ts',
  'src/budget/stores.medium.spec.ts',
  'api/test/settings-in-chromium.e2e-spec.ts',
  'api/test/skills-in-chromium.e2e-spec.ts',
  'worker/test/main-job.e2e-spec.ts',
  'api/test/newcomer.e2e-spec.ts',
  'bench/bench.medium.spec.ts',
  'src/deliver/million-deliveries.medium.spec.ts',
  'worker/test/token-life.e2e-spec.ts',
  'api/test/admin.e2e-spec.ts',
  'api/test/demo.e2e-spec.ts',
  'src/budget/restarts.medium.spec.ts',
  'api/test/isolation.e2e-spec.ts',
  'worker/test/bounded-calls.e2e-spec.ts',
  'worker/test/webhooks.e2e-spec.ts',
  'api/test/webhooks.e2e-spec.ts',
  'api/test/events.e2e-spec.ts',
  'worker/test/suspension.e2e-spec.ts',
  'worker/test/faults.e2e-spec.ts',
  'worker/test/scrubbed-logs.e2e-spec.ts',
  'src/split/split-passages.spec.ts',
  'src/deliver/loop-slices.spec.ts',
];

/** Jest's order (what failed last, then what it doesn't know, then the longest), with `LONG` before what it doesn't know. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => this.rank(one) - this.rank(other));
  }

  rank(test) {
    if (this.hasFailed(test)) return -1;
    const place = LONG.findIndex((end) => test.path.endsWith(end));
    return test.duration !== undefined || place === -1 ? LONG.length : place;
  }
}
