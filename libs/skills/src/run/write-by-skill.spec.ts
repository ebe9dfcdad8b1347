import { describe, expect, it } from '@jest/globals';
import { createLogger, type Database, systemClock } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import { waitFor } from '@app/testing';
import { boundHash, thingHash } from './confirmation.js';
import type { GuardUpdates } from './guard-updates.js';
import type { LearnOutcome } from './learn-outcome.js';
import type { Lease, Leases } from './leases.js';
import type { PerformWrite } from './perform-write.js';
import type { Performed } from './performed.js';
import type { ReadySkill } from './ready-skill.js';
import type { SkillAnswer } from './skill-answer.js';
import type { SkillWrite, SkillWriteRepository } from './skill-write.repository.js';
import { WriteBySkill } from './write-by-skill.js';

const IN_TIME_MS = 5_000;
const find = { object: 'contacts', fields: [], steps: [], limit: 1, paging: false };
const key = { field: 'email', value: 'ada@example.com' };
const write = { action: 'findOrCreate' as const, object: 'contacts', key, find, values: {}, ties: [] };
const request = { agentId: 'a', conversationId: 'c', confirmation: 'confirm_1', write };
const skill = {
  portalId: '4711',
  binding: { id: 'b', version: 1, toolName: 'note_person' },
  checked: { object: { label: 'Contact' } },
  compiled: { shown: [] },
  rules: {},
} as unknown as ReadySkill;

interface Scene {
  release?: (lease: Lease) => Promise<void>;
  perform?: (maySend: () => Promise<boolean>) => Promise<Performed>;
  guard?: (tooLate: AbortSignal) => Promise<void>;
  withinMs?: number;
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const done = (): Promise<Performed> => Promise.resolve({ outcome: 'created', id: '9' });

/** A write that was agreed to, with everything beside it as if it went well. */
function writing({ release = () => Promise.resolve(), perform, guard, withinMs = IN_TIME_MS }: Scene) {
  const bound = { ...request, bindingId: 'b', version: 1, portalId: '4711' };
  const expiresAt = new Date(systemClock.now().getTime() + 60_000);
  const hashes = { boundHash: boundHash(bound), thingHash: thingHash(bound) };
  const confirmed: SkillWrite = { id: 'w', state: 'asked', ...hashes, expiresAt };
  const released: string[] = [];
  const withdrawn: string[] = [];
  let taken = 0;
  const lease = () => Promise.resolve({ name: Buffer.alloc(1), holder: String((taken += 1)) });
  const skillWrites = { findByToken: () => Promise.resolve(confirmed), findUnsettled: () => Promise.resolve([]) };
  const given = {
    release: async (_: string, held: Lease) => {
      released.push(held.holder);
      await release(held);
    },
  };
  const database = { withTenant: (_: string, work: (tx: unknown) => unknown) => work(undefined) };
  const executing = new WriteBySkill(
    database as unknown as Database,
    {
      ...skillWrites,
      begin: () => Promise.resolve(true),
      markSending: () => Promise.resolve(true),
      settle: nothing,
      withdraw: (_: string, id: string) => Promise.resolve(void withdrawn.push(id)),
    } as unknown as SkillWriteRepository,
    { take: lease, await: lease, renew: () => Promise.resolve(true), ...given } as unknown as Leases,
    {
      execute: (_: unknown, __: unknown, ___: unknown, tooLate: AbortSignal) => guard?.(tooLate) ?? nothing(),
    } as unknown as GuardUpdates,
    { execute: nothing } as unknown as LearnOutcome,
    {
      execute: (_: string, __: unknown, ___: unknown, maySend: () => Promise<boolean>) => (perform ?? done)(maySend),
    } as unknown as PerformWrite,
    { recordIn: nothing } as unknown as AuditLog,
    systemClock,
    createLogger({ level: 'silent', name: 'test' }),
    { withinMs, settleSeconds: 60 },
  );
  const late: SkillAnswer[] = [];
  const doneLate = (answer: SkillAnswer): void => void late.push(answer);
  return { released, withdrawn, late, answer: executing.execute('t', skill, { ...request, doneLate }) };
}

const cut = (): never => {
  throw new Error('cut');
};
const never = (): Promise<Performed> => new Promise(() => undefined);

describe('a write that was agreed to', () => {
  it('is not late when it is done in time', async () => {
    const { late, answer } = writing({});
    expect(await answer).toMatchObject({ outcome: 'created' });
    expect(late).toEqual([]);
  });

  it('is told as done though a lease could not be given back, and the other one is', async () => {
    const { released, answer } = writing({ release: () => Promise.reject(new Error('the database is gone')) });
    expect(await answer).toMatchObject({ outcome: 'created', records: [{ id: '9' }] });
    expect(released).toEqual(['1', '2']);
  });

  it('goes on when whoever asked is told to ask again, and tells what it did', async () => {
    const { promise, resolve } = Promise.withResolvers<Performed>();
    const { released, late, answer } = writing({ perform: () => promise, withinMs: 20 });
    await expect(answer).rejects.toMatchObject({ code: 3002, details: { reason: 'still_working' } });
    expect(released).toEqual([]);
    resolve({ outcome: 'created', id: '9' });
    await waitFor(() => released.length === 2 && late.length === 1, { what: 'the write to be done' });
    expect(late).toMatchObject([{ outcome: 'created', records: [{ id: '9' }] }]);
  });

  it.each<[string, (maySend: () => Promise<boolean>) => Promise<Performed>]>([
    ['broke off before it was sent', () => Promise.reject(new Error('the pool is used up'))],
    ['lost its place before it was sent', () => Promise.resolve({ outcome: 'overtaken' })],
  ])('can be tried again at once when it %s', async (_, perform) => {
    const { withdrawn, answer } = writing({ perform });
    await expect(answer).rejects.toThrow(Error);
    expect(withdrawn).toEqual(['w']);
  });

  it('is not tried again before it has settled when it broke off after that', async () => {
    const { withdrawn, answer } = writing({ perform: (maySend) => maySend().then(cut) });
    await expect(answer).rejects.toThrow('cut');
    expect(withdrawn).toEqual([]);
  });

  it('has one time limit, the question who the caller is included', async () => {
    let isLate: boolean | undefined;
    const guard = (tooLate: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        tooLate.addEventListener('abort', () => {
          isLate = tooLate.aborted;
          resolve();
        });
      });
    const { answer } = writing({ guard, perform: never, withinMs: 20 });
    await expect(answer).rejects.toMatchObject({ details: { reason: 'still_working' } });
    expect(isLate).toBe(true);
  });
});
