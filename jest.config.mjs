export const shared = {
  testEnvironment: 'node',
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@app/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@app/([a-z]+)/testing$': '<rootDir>/libs/$1/testing/index.ts',
    // NodeNext sources name their siblings `./x.js`; Jest reads the `.ts` beside it. `x.json.js` is a script of a package's.
    '^(\\.{1,2}/.*)(?<!\\.json)\\.js$': '$1',
  },
};

/** Real PostgreSQL and Redis are started only when a suite that needs them runs. */
const withServers = {
  testEnvironment: '<rootDir>/tools/test/environment.ts',
  globalSetup: '<rootDir>/tools/test/global-setup.ts',
  globalTeardown: '<rootDir>/tools/test/global-teardown.ts',
};

/** @type {import('jest').Config} */
export default {
  // Three for two cores: suites that run programs mostly wait for them.
  maxWorkers: 3,
  // A worker keeps some of every suite it ran: past this it is replaced.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/tools/test/sequencer.mjs',
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '\\.medium\\.spec\\.ts$'],
    },
    {
      ...shared,
      ...withServers,
      displayName: 'medium',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.medium.spec.ts'],
    },
    { ...shared, ...withServers, displayName: 'e2e', testMatch: ['<rootDir>/apps/*/test/**/*.e2e-spec.ts'] },
  ],
};
