import { describe, expect, it } from '@jest/globals';
import { connectScripted, record } from '../../testing/scripted-records.js';
import { lostConnection, type ScriptedAnswer } from '../../testing/scripted-transport.js';

const TIE = { to: 'contacts', id: '5', typeId: 16, category: 'HUBSPOT_DEFINED' };
const PAIR = { fromObjectTypeId: '0-5', fromObjectId: 9, toObjectTypeId: '0-1', toObjectId: 5, labels: [] };

const batch = (status: number, rest: object): ScriptedAnswer => ({ status, body: { status: 'COMPLETE', ...rest } });
const failed = (category: string, context: object = {}, status = 207): ScriptedAnswer =>
  batch(status, { results: [], numErrors: 1, errors: [{ status: 'error', category, message: 'No.', context }] });

/** Ticket 9 is to be tied to contact 5, and renamed; HubSpot says this of the tie. */
async function update(ofTie: ScriptedAnswer, values: Record<string, string> = {}) {
  const { records, tenantId, transport } = connectScripted(({ method }) =>
    method === 'PATCH' ? { status: 200, body: record('9') } : ofTie,
  );
  const outcome = await records.update(tenantId, { object: 'tickets', id: '9', values, ties: [TIE] });
  return { outcome, sent: transport.seen.map(({ method }) => method) };
}

describe('a record that is to be tied', () => {
  it('is when HubSpot names the pair, in whichever status', async () => {
    for (const status of [200, 201]) {
      const { outcome, sent } = await update(batch(status, { results: [PAIR] }), { subject: 'x' });
      expect([outcome, sent]).toEqual([{ outcome: 'written', id: '9' }, ['POST', 'PATCH']]);
    }
  });

  it.each([207, 200])('is not when HubSpot answers %d with an error, and nothing else is changed', async (status) => {
    const { outcome, sent } = await update(failed('VALIDATION_ERROR', {}, status), { subject: 'x' });
    expect([outcome, sent]).toMatchObject([{ outcome: 'refused', refusal: { reason: 'refused' } }, ['POST']]);
    const unknown = await update(failed('OBJECT_NOT_FOUND', { toObjectId: ['5'] }, status));
    expect(unknown.outcome).toMatchObject({ outcome: 'refused', refusal: { reason: 'unknown_related_record' } });
    const gone = await update(failed('OBJECT_NOT_FOUND', { fromObjectId: ['9'] }, status));
    expect(gone.outcome).toEqual({ outcome: 'gone' });
  });

  it('may or may not be when HubSpot could not, or says nothing of it', async () => {
    for (const answer of [
      failed('INTERNAL_ERROR'),
      batch(200, { results: [] }),
      batch(207, { results: [], numErrors: 1 }),
      lostConnection(),
    ])
      expect((await update(answer, { subject: 'x' })).outcome).toMatchObject({ outcome: 'unknown' });
    expect((await update(failed('RATE_LIMITS'))).outcome).toMatchObject({ deferral: { cause: 'throttled' } });
  });
});
