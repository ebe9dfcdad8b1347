import { describe, expect, it } from '@jest/globals';
import { ApiPaths } from './api-paths.js';

describe('ApiPaths', () => {
  it('puts the one dated version into every path', () => {
    const paths = new ApiPaths('2026-09');
    expect(paths.of('objects', 'contacts', 'batch', 'read')).toBe('/crm/objects/2026-09/contacts/batch/read');
    expect(paths.of('associations', 'contacts', 'notes', 'batch', 'read')).toBe(
      '/crm/associations/2026-09/contacts/notes/batch/read',
    );
    expect(paths.of('account-info', 'details')).toBe('/account-info/2026-09/details');
    expect(paths.of('owners', '7')).toBe('/crm/owners/2026-09/7');
    expect(paths.of('pipelines', 'deals')).toBe('/crm/pipelines/2026-09/deals');
    expect(paths.of('schemas')).toBe('/crm-object-schemas/2026-09/schemas');
  });

  it('holds single APIs at another version, dated or numbered', () => {
    const paths = new ApiPaths('2027-03', { 'account-info': 'v3', associations: 'v4', objects: '2026-09' });
    expect(paths.of('account-info', 'details')).toBe('/account-info/v3/details');
    expect(paths.of('associations', 'a', 'b')).toBe('/crm/v4/associations/a/b');
    expect(paths.of('objects', 'notes')).toBe('/crm/objects/2026-09/notes');
    expect(paths.of('owners')).toBe('/crm/owners/2027-03');
  });

  it('keeps an id in its place', () => {
    expect(new ApiPaths('2026-09').of('objects', 'contacts', '../../x?y')).toBe(
      '/crm/objects/2026-09/contacts/..%2F..%2Fx%3Fy',
    );
  });
});
