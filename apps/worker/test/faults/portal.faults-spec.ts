import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type FaultRule, type FaultServers, startFaultServers, waitFor } from '@app/testing';
import type { Customer } from './backlog.js';
import { type House, openHouse } from './house.js';
import { expectRightOutcomes, type Trial } from './trial.js';

const BATCH = 60;
/** Long enough to do something to a portal while a call of ours is on its way. */
const HELD_MS = 1_500;

let opening: Promise<{ servers: FaultServers; house: House }> | undefined;

function open(): Promise<{ servers: FaultServers; house: House }> {
  opening ??= startFaultServers().then(async (servers) => {
    return { servers, house: await openHouse({ databaseUrl: await servers.createDatabase(), workers: 2 }) };
  });
  return opening;
}

afterAll(async () => {
  const opened = await opening?.catch(() => undefined);
  await opened?.house.stop();
  await opened?.servers.stop();
}, 30_000);

/** Hands the customers over, and does `work` while the first call of that kind is on its way. */
async function during(
  trial: Trial,
  rule: Omit<FaultRule, 'hubId' | 'actions'>,
  customers: readonly Customer[],
  work: () => Promise<void>,
): Promise<void> {
  const id = await trial.misbehave({ ...rule, times: 1, actions: [{ kind: 'delay', ms: HELD_MS, when: 'before' }] });
  await trial.handOver(customers);
  await waitFor(async () => (await trial.hits(id)) > 0, { timeoutMs: 30_000, what: 'the call to be on its way' });
  await work();
}

/** Contacts that a customer can be known by, each once. */
function people(trial: Trial, count: number): { id: string; email: string }[] {
  const addressed = trial.before.contacts.flatMap(({ id, emails: [email] }) =>
    email === undefined ? [] : [{ id, email }],
  );
  const drawn = new Set<{ id: string; email: string }>();
  while (drawn.size < count) drawn.add(trial.random.pick(addressed));
  return [...drawn];
}

/** One conversation of each, known by email or by a remembered contact. */
function customersOf(trial: Trial, contacts: readonly { id: string; email: string }[]): Customer[] {
  return contacts.map(({ id, email }): Customer =>
    trial.random.chance(0.5) ? { email } : { externalId: `known-${id}`, crmContactId: id, email },
  );
}

const NOTES = { path: '*/notes/batch/create' };
const CONTACTS = { path: '*/contacts/batch/create' };

describe('other people work in the portal:', () => {
  it.concurrent.each(['same', 'new'])(
    'contacts are merged in mid-batch, the survivor with its %s id',
    async (mergeMode) => {
      const { house } = await open();
      const portal = { flags: { mergeMode } };
      await expectRightOutcomes(house, { name: `merges ${mergeMode}`, portal }, async (trial) => {
        const { control } = house.simulator;
        const { hubId } = trial.tenant;
        const contacts = people(trial, 24);
        await trial.handOver(customersOf(trial, contacts.slice(0, 12)));
        await during(trial, NOTES, [...customersOf(trial, contacts), ...customersOf(trial, contacts)], async () => {
          for (let pair = 0; pair < contacts.length; pair += 2) {
            const [primary, other] = [contacts[pair]?.id ?? '', contacts[pair + 1]?.id ?? ''];
            const survivor = await control.mergeRecords(hubId, 'contacts', { primaryId: primary, otherId: other });
            for (const id of [primary, other]) if (id !== survivor.id) trial.survivors.set(id, survivor.id);
            trial.note(`merges ${other} into ${primary}: ${survivor.id}`);
          }
        });
        await trial.handOver(customersOf(trial, contacts));
      });
    },
    300_000,
  );

  it.concurrent(
    'contacts are deleted in mid-batch, for the moment or for good',
    async () => {
      const { house } = await open();
      await expectRightOutcomes(house, { name: 'deletions' }, async (trial) => {
        const { control } = house.simulator;
        const { hubId } = trial.tenant;
        const contacts = people(trial, 30);
        await trial.handOver(customersOf(trial, contacts.slice(0, 10)));
        await during(trial, NOTES, [...customersOf(trial, contacts), ...customersOf(trial, contacts)], async () => {
          const gone = contacts.filter((_, index) => index % 3 !== 0).map(({ id }) => id);
          const half = Math.floor(gone.length / 2);
          await control.archiveRecords(hubId, 'contacts', gone.slice(0, half));
          await control.deleteRecords(hubId, 'contacts', gone.slice(half));
          for (const id of gone) trial.deleted.add(id);
          trial.note(`deletes ${gone.join()}`);
        });
        await trial.handOver(customersOf(trial, contacts));
      });
    },
    300_000,
  );

  it.concurrent(
    'somebody else makes the contacts that are about to be made',
    async () => {
      const { house } = await open();
      await expectRightOutcomes(house, { name: 'made by others' }, async (trial) => {
        for (let round = 0; round < 4; round++) {
          const emails = Array.from({ length: BATCH }, (_, index) => `other.${round}.${index}@customers.example`);
          const customers = emails.map((email, index): Customer => {
            const repeated = index > 0 && trial.random.chance(0.2) ? emails[index - 1] : undefined;
            return { email: repeated ?? email, firstName: 'Ada' };
          });
          await during(trial, CONTACTS, customers, async () => {
            const taken = emails.filter(() => trial.random.chance(0.3));
            for (const email of taken) await makeContact(trial, email);
          });
        }
      });
    },
    300_000,
  );

  it.concurrent(
    'rules of the portal refuse writes, until an admin has mended them',
    async () => {
      const { house } = await open();
      await expectRightOutcomes(house, { name: 'portal rules' }, async (trial) => {
        const { control } = house.simulator;
        const { hubId } = trial.tenant;
        const require = (requiredProperties: Record<string, string[]>): Promise<unknown> =>
          control.changePortal(hubId, { flags: { enforceRequiredProperties: true, requiredProperties } });
        await require({ contacts: ['lastname'] });
        trial.note('the portal requires a last name of contacts');
        await trial.handOver(120);
        const { failed } = await trial.conclude({ mend: () => require({}) });
        expect(failed.length).toBeGreaterThan(5);
        for (const { detail } of failed) expect(detail).toMatch(/lastname/);
        await require({ notes: ['hubspot_owner_id'] });
        trial.note('the portal requires an owner of notes');
        await trial.handOver(60);
        await waitFor(async () => (await trial.tenant.api().deliveries()).some(needsAPerson), {
          timeoutMs: 20_000,
          what: 'a delivery to say that a person is needed',
        });
        await require({});
        trial.note('an admin mends it');
      });
    },
    300_000,
  );

  it.concurrent(
    'access tokens expire in mid-batch',
    async () => {
      const { house } = await open();
      await expectRightOutcomes(house, { name: 'expiry', oauth: true }, async (trial) => {
        const { hubId } = trial.tenant;
        for (let round = 0; round < 8; round++) {
          await trial.misbehave({ route: 'objects.batchCreate', times: 1, actions: [{ kind: 'status', status: 401 }] });
          await trial.handOver(25);
          await sleep(trial.random.between(0, 400));
          await house.simulator.control.call('POST', `/portals/${hubId}/expire-access-tokens`);
          trial.note('every access token expires');
          await sleep(trial.random.between(0, 400));
        }
      });
    },
    300_000,
  );

  it.concurrent(
    "the day's calls are used up until the portal's midnight",
    async () => {
      const { house } = await open();
      const midnight = nextMidnight();
      await expectRightOutcomes(house, { name: 'daily', portal: { timeZone: midnight.timeZone } }, async (trial) => {
        const { control } = house.simulator;
        const { hubId } = trial.tenant;
        await control.changePortal(hubId, { limits: { daily: 4 } });
        trial.note('four calls are left for today');
        await trial.handOver(150);
        await waitFor(async () => (await control.stats(hubId)).refused429 > 0, {
          timeoutMs: 20_000,
          what: 'a refusal',
        });
        const left = midnight.at - Date.now() - 2_000;
        await sleep(Math.max(0, left));
        const { refused429 } = await control.stats(hubId);
        // Each process may learn it for itself, and repeats a call that was throttled once.
        expect(refused429).toBeLessThanOrEqual(2 * (house.workerCount + 1));
        expect((await trial.tenant.api().stats()).pending).toBeGreaterThan(0);
        trial.expected429 += refused429;
        await sleep(midnight.at - Date.now());
        await control.changePortal(hubId, { limits: { daily: 10_000 } });
        trial.note("the portal's midnight");
      });
    },
    300_000,
  );
});

function needsAPerson({ status, attempts }: { status: string; attempts: { outcome: string }[] }): boolean {
  return status === 'failed' || attempts.at(-1)?.outcome === 'waiting';
}

/** As somebody else would, unless it is there already. */
async function makeContact(trial: Trial, email: string): Promise<void> {
  const { control } = trial.house.simulator;
  try {
    const [id] = await control.createRecords(trial.tenant.hubId, 'contacts', [{ properties: { email } }]);
    if (id === undefined) throw new Error('The simulator made nothing');
    trial.before.contacts.push({ id, createdAt: new Date(), emails: [email], phones: [] });
    trial.note(`somebody makes ${email}`);
  } catch (error) {
    if (!String(error).includes('409')) throw error;
  }
}

/** A time zone in which a day ends at a full minute, half a minute to one and a half from now. */
function nextMidnight(): { timeZone: string; at: number } {
  const at = Math.ceil((Date.now() + 30_000) / 60_000) * 60_000;
  const minutes = 24 * 60 - ((at / 60_000) % (24 * 60));
  return { timeZone: `+${twoDigits(Math.floor(minutes / 60) % 24)}:${twoDigits(minutes % 60)}`, at };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
