import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type RecordFind } from '@app/crm';
import { connectScripted, record } from '../../testing/scripted-records.js';
import type { ScriptedAnswer } from '../../testing/scripted-transport.js';

const TICKET = { object: 'tickets', id: '9', to: 'contacts' };
const tiedTo = (answer: ScriptedAnswer) => {
  const { records, tenantId } = connectScripted(() => answer);
  return records.tiedTo(tenantId, TICKET);
};
const failed = (category: string): ScriptedAnswer => ({
  status: 207,
  body: { results: [], numErrors: 1, errors: [{ status: 'error', category, message: '…' }] },
});

describe('what a record is tied to', () => {
  it('is told, also when it is nothing', async () => {
    const results = [{ from: { id: '9' }, to: [{ toObjectId: 5 }, { toObjectId: '6' }] }];
    expect(await tiedTo({ status: 200, body: { results } })).toEqual({ found: true, ids: ['5', '6'] });
    for (const none of [{ status: 200, body: { results: [] } }, failed('OBJECT_NOT_FOUND'), { status: 404, body: {} }])
      expect(await tiedTo(none)).toEqual({ found: true, ids: [] });
  });

  it('is not "nothing" when HubSpot could not say', async () => {
    for (const passing of [failed('INTERNAL_ERROR'), { status: 200, body: {} }, { status: 502, body: 'Bad Gateway' }])
      await expect(tiedTo(passing)).rejects.toThrow(CrmDeferredError);
  });

  it('is refused for want of a scope, which is no trouble of the connection', async () => {
    const body = { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: ['tickets'] } }] };
    expect(await tiedTo({ status: 403, body })).toMatchObject({ found: false, refusal: { reason: 'missing_scope' } });
    expect(await tiedTo({ status: 403, body: { message: 'No.' } })).toMatchObject({ found: false });
  });
});

describe('records of a portal that is not connected any more', () => {
  const of = { portalId: '4711' };
  const find: RecordFind = {
    object: 'contacts',
    fields: [],
    steps: [{ by: 'id', ids: ['1'] }],
    limit: 1,
    paging: false,
  };
  const change = { object: 'contacts', values: { firstname: 'Ada' }, ties: [] };

  it('are asked for, and written to, in no other', async () => {
    const { records, tenantId, transport, connections } = connectScripted(() => ({ status: 200, body: record('1') }));
    connections.connection = { ...connections.connection, portalId: '4712' };
    const elsewhere = { outcome: 'deferred', deferral: { cause: 'connection' } };
    expect(await records.create(tenantId, change, of)).toMatchObject(elsewhere);
    expect(await records.update(tenantId, { ...change, id: '1' }, of)).toMatchObject(elsewhere);
    await expect(records.find(tenantId, find, of)).rejects.toThrow('Another portal');
    await expect(records.tiedTo(tenantId, TICKET, of)).rejects.toThrow('Another portal');
    expect(transport.seen).toEqual([]);
    connections.connection = { ...connections.connection, portalId: '4711' };
    expect(await records.update(tenantId, { ...change, id: '1' }, of)).toEqual({ outcome: 'written', id: '1' });
  });
});
