import { describe, expect, it } from '@jest/globals';
import type { RecordFind } from '@app/crm';
import { connectScripted, page, record, results } from '../../testing/scripted-records.js';

const FIELD = 'hs_additional_emails';

/** Nobody's primary address; the index answers with whoever has words of it. */
async function bySecondary(email: string, listed: Record<string, string>): Promise<string[]> {
  const hits = Object.entries(listed).map(([id, emails]) => record(id, { [FIELD]: emails }));
  const { records, tenantId } = connectScripted(({ path }) => (path.endsWith('/search') ? page(hits) : results()));
  const groups = [[{ field: FIELD, operator: 'CONTAINS_TOKEN' as const, value: email }]];
  const search = { object: 'contacts', groups, fields: [FIELD], limit: 100 };
  const find: RecordFind = {
    object: 'contacts',
    fields: [FIELD],
    steps: [
      { by: 'unique', field: 'email', values: [email] },
      { by: 'search', search, ifNone: true, sameEmails: { field: FIELD, emails: [email] } },
    ],
    limit: 10,
    paging: false,
  };
  const found = await records.find(tenantId, find);
  return found.found ? found.records.map(({ id }) => id) : ['refused'];
}

describe('who is found by a secondary address', () => {
  it('has that address itself, not words of it', async () => {
    const listed = {
      1: 'ada@example.com.au',
      2: 'x@y.com;not-ada@example.com',
      3: 'x@y.com; Ada@Example.com',
      4: '',
    };
    expect(await bySecondary('ada@example.com', listed)).toEqual(['3']);
    expect(await bySecondary('eve@example.com', listed)).toEqual([]);
  });
});
