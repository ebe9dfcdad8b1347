import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError } from '@app/crm';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { LearnOutcome } from './learn-outcome.js';
import type { Lease } from './leases.js';
import type { Lost, LookForMade } from './look-for-made.js';
import type { SkillWrite } from './skill-write.repository.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const LEASE: Lease = { name: Buffer.from('made tickets'), holder: 'h' };
const write = { action: 'create' as const, object: 'tickets', values: { subject: 'x' }, ties: [] };
const checked = {} as CheckedBinding;

function attempt(traits: Partial<SkillWrite>): SkillWrite {
  const hash = Buffer.alloc(32);
  return { id: '1', state: 'unknown', boundHash: hash, thingHash: hash, expiresAt: NOW, ...traits };
}

type Made = Awaited<ReturnType<LookForMade['execute']>>;

interface Scene {
  made?: Made | CrmDeferredError;
  unsettled?: SkillWrite[];
  lease?: Lease;
}

/** What is learnt of attempts, what is held then, and what was looked for. */
async function learn({ made = { found: 'nothing' }, unsettled = [SETTLED], lease }: Scene, action = write) {
  const held: Lease[] = [];
  const looked: Lost[] = [];
  const lookForMade = {
    execute: (_: string, __: unknown, lost: Lost) => {
      looked.push(lost);
      return made instanceof Error ? Promise.reject(made) : Promise.resolve(made);
    },
  };
  const leases = { await: (_: string, name: string) => Promise.resolve(name === 'made tickets' ? lease : undefined) };
  const learning = new LearnOutcome(leases, lookForMade, { now: () => NOW }, 3_000);
  const asked = { write: action, portalId: '4711', unsettled, held };
  const learnt = await learning.execute('t', checked, asked).then(
    (id) => ({ id }),
    (error: unknown) => ({ error }),
  );
  return { ...learnt, held, looked };
}

const SETTLED = attempt({ sentAt: at(-100), settlesAt: at(-10) });

describe('what became of attempts without an answer', () => {
  it('is looked for by one at a time, who holds the right to look until it is settled', async () => {
    const { id, held, looked } = {
      id: undefined,
      ...(await learn({ made: { found: 'made', id: '9' }, lease: LEASE })),
    };
    expect([id, held]).toEqual(['9', [LEASE]]);
    expect(looked).toEqual([{ write, portalId: '4711', since: at(-100), until: at(-10) }]);
    const busy = await learn({ made: { found: 'made', id: '9' } });
    expect(busy).toMatchObject({ error: { code: 3002, details: { reason: 'hubspot_slow' } }, looked: [], held: [] });
  });

  it('is looked for from the first of them until the last can’t come any more', async () => {
    const unsettled = [SETTLED, attempt({ sentAt: at(-300), settlesAt: at(-200) })];
    expect((await learn({ unsettled, lease: LEASE })).looked).toMatchObject([{ since: at(-300), until: at(-10) }]);
    const early = await learn({ unsettled: [...unsettled, attempt({ sentAt: at(-20), settlesAt: at(41) })] });
    expect(early).toMatchObject({
      error: { details: { reason: 'outcome_unknown', retryAfterSeconds: 41 } },
      looked: [],
    });
    const working = await learn({ unsettled: [attempt({ state: 'writing', sentAt: at(-1), settlesAt: at(90) })] });
    expect(working).toMatchObject({ error: { details: { reason: 'still_working' } }, looked: [] });
  });

  it('is nothing where nothing was sent, or nothing is there', async () => {
    expect(await learn({ unsettled: [attempt({})] })).toEqual({ id: undefined, held: [], looked: [] });
    expect(await learn({ lease: LEASE })).toMatchObject({ id: undefined, held: [LEASE] });
  });

  it('stays unknown where a record may be it or another’s, and where HubSpot can’t say', async () => {
    const alike = await learn({ made: { found: 'alike' }, lease: LEASE });
    expect(alike).toMatchObject({ error: { code: 3002, details: { reason: 'outcome_unknown' } } });
    const down = new CrmDeferredError({ cause: 'unavailable', detail: 'down' });
    expect(await learn({ made: down, lease: LEASE })).toMatchObject({ error: { code: 3004 } });
  });
});
