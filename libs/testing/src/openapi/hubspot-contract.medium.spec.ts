import { describe, expect, it } from '@jest/globals';
import { hubspotContract, knownDeviations, specsAvailable, specsFolder, validateExchange } from './index.js';
import { loadSpecs } from './load-specs.js';

if (!specsAvailable()) {
  process.stdout.write(
    `\nNOT VALIDATED: HubSpot's OpenAPI files are not at ${specsFolder()}. Set HUBSPOT_SPECS_DIR to validate.\n\n`,
  );
}

describe('validateExchange without HubSpot’s files', () => {
  it('throws, so that nothing counts as validated', () => {
    expect(() => loadSpecs('/nowhere')).toThrow(/OpenAPI files are not at \/nowhere/);
  });
});

if (specsAvailable()) {
  describe('HubSpot’s files', () => {
    it('compile, every operation of them, for success and for failure', () => {
      const operations = hubspotContract().operations();
      expect(operations.length).toBeGreaterThan(200);
      for (const operation of operations) {
        const [method = '', template = ''] = operation.split(' ');
        const path = template.replaceAll(/\{[^}]+\}/g, '1');
        for (const status of [200, 201, 204, 207, 400]) {
          const findings = validateExchange({ method, path, status, requestBody: { a: 1 }, responseBody: { a: 1 } });
          expect([operation, status, findings.length > 0]).toEqual([operation, status, true]);
        }
      }
    });

    it('still name every schema for which a deviation is tolerated', () => {
      const names = new Set(loadSpecs().flatMap(({ document }) => Object.keys(document.components?.schemas ?? {})));
      for (const { schemas, reason } of knownDeviations) {
        expect([reason, [...names].some((name) => schemas.test(name))]).toEqual([reason, true]);
      }
    });
  });
}
