import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmRecords } from '@app/crm';
import { type Database, systemClock } from '@app/platform';
import { exampleSnapshot } from '../../testing/index.js';
import type { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import { GuardUpdates } from './guard-updates.js';
import type { ReadySkill } from './ready-skill.js';

const CALLER = '5';
const deal = exampleSnapshot().objects.find(({ name }) => name === 'deals');
const skill = {
  portalId: '4711',
  binding: { definition: { operation: 'restWrite', restWrite: { action: 'update' } } },
  checked: { object: deal },
} as unknown as ReadySkill;
const write = { action: 'update' as const, object: 'deals', id: '9', values: { amount: '1' }, ties: [] };

/** The caller of the conversation has shown to be contact 5; the CRM says this of the deal. */
function guard(tiedTo: CrmRecords['tiedTo'], tooLate: AbortSignal = new AbortController().signal): Promise<void> {
  const database = { withTenant: (_: string, work: (tx: unknown) => unknown) => work(undefined) };
  const callers = { findValid: () => Promise.resolve({ contactId: CALLER }) };
  return new GuardUpdates(
    database as unknown as Database,
    callers as unknown as VerifiedCallerRepository,
    { tiedTo },
    systemClock,
  ).execute('t', skill, { conversationId: 'c', write }, tooLate);
}

describe('a change of what belongs to somebody', () => {
  it('is for whom it is tied to, in the portal of the verification', async () => {
    const asked: unknown[] = [];
    await guard((_, record, options) => {
      asked.push([record, options?.portalId]);
      return Promise.resolve({ found: true, ids: ['4', CALLER] });
    });
    expect(asked).toEqual([[{ object: 'deals', id: '9', to: 'contacts' }, '4711']]);
    const foreign = guard(() => Promise.resolve({ found: true, ids: ['4'] }));
    await expect(foreign).rejects.toMatchObject({ details: { reason: 'caller_not_verified' } });
  });

  it('fails for what HubSpot said, and not as if the caller were somebody else', async () => {
    const refusal = { reason: 'missing_scope', detail: 'HubSpot asks for a scope that is not granted: deals' };
    const refused = guard(() => Promise.resolve({ found: false, refusal }));
    await expect(refused).rejects.toMatchObject({ code: 1012, details: { reason: 'missing_scope' } });
    const deferral = { cause: 'unavailable' as const, detail: 'down' };
    const down = guard(() => Promise.reject(new CrmDeferredError(deferral)));
    await expect(down).rejects.toMatchObject({ code: 3004, details: { reason: 'hubspot_down' } });
  });

  it('is answered in time, also while nothing heeds the signal', async () => {
    const slow = guard(() => new Promise(() => undefined), AbortSignal.timeout(20));
    await expect(slow).rejects.toMatchObject({ code: 3002, details: { reason: 'hubspot_slow' } });
  });
});
