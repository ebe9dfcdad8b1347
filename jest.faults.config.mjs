import { shared } from './jest.config.mjs';

/**
 * The fault suite: minutes long, with servers of its own that it kills, so not part of npm test. Most of its time is spent
 * waiting for outcomes to settle, which leaves room for one file more than the machine has processors to spare.
 *
 * @type {import('jest').Config}
 */
export default {
  ...shared,
  maxWorkers: 2,
  maxConcurrency: 5,
  testMatch: ['<rootDir>/apps/*/test/**/*.faults-spec.ts'],
};
