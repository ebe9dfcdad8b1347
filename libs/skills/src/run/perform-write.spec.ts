import { describe, expect, it } from '@jest/globals';
import type { CrmObject, CrmRecord, CrmRecords, FoundRecords, RecordFind, RecordOutcome, RecordWrite } from '@app/crm';
import { createLogger } from '@app/platform';
import { anObject, exampleSnapshot } from '../../testing/index.js';
import type { ContactsInMaking } from './contacts-in-making.js';
import { MakeContactAlone } from './make-contact-alone.js';
import { PerformWrite } from './perform-write.js';
import type { Performed } from './performed.js';

const NUMBER = '+4915112345678';
const phone = { e164: NUMBER, national: '15112345678' };
const search = { object: 'contacts', groups: [], fields: [], limit: 1 };
const find: RecordFind = {
  object: 'contacts',
  fields: [],
  steps: [{ by: 'search', search, samePhones: [{ phone, fields: ['phone'] }] }],
  limit: 1,
  paging: false,
};
const NOTE: RecordWrite = {
  action: 'findOrCreate',
  object: 'contacts',
  key: { field: 'phone', value: NUMBER },
  find,
  values: { phone: NUMBER, mobilephone: NUMBER, firstname: 'Ada' },
  ties: [],
};

function objectOf({ object }: RecordWrite): CrmObject {
  return exampleSnapshot().objects.find(({ name }) => name === object) ?? anObject(object);
}

interface Scene {
  found?: FoundRecords;
  /** By id; left out: it is gone. */
  read?: CrmRecord;
  created?: RecordOutcome | Error;
  others?: Awaited<ReturnType<ContactsInMaking['findOther']>>[];
  justCreated?: string;
  claimHolds?: boolean;
  /** What the database doesn't take. */
  fails?: ('remember' | 'release')[];
  maySend?: boolean;
}

/** @returns what was asked of everybody, in order, and what came of it. */
async function perform(
  write: RecordWrite,
  scene: Scene,
): Promise<{ log: string[]; performed?: Performed; error?: unknown }> {
  const log: string[] = [];
  const said = <T>(line: string, value: T): Promise<T> => {
    log.push(line);
    return Promise.resolve(value);
  };
  const told = async (what: 'remember' | 'release', how: string): Promise<void> => {
    log.push(`${what} ${how}`);
    if (scene.fails?.includes(what) === true) throw new Error('the pool is used up');
  };
  const others = [...(scene.others ?? [])];
  const records: CrmRecords = {
    find: (_tenant, { steps: [step] }) =>
      step?.by === 'id'
        ? said(`read ${step.ids.join()}`, { found: true, records: scene.read === undefined ? [] : [scene.read] })
        : said('find', scene.found ?? { found: true, records: [] }),
    create: async () => {
      log.push('create');
      const created = scene.created ?? { outcome: 'written', id: '1' };
      if (created instanceof Error) throw created;
      return created;
    },
    update: () => said('update', { outcome: 'written', id: '1' }),
    tiedTo: () => said('tiedTo', { found: true as const, ids: [] }),
  };
  const contacts: ContactsInMaking = {
    claim: (_tenant, _portal, _holder, phones) => said(`claim ${phones.map(({ e164 }) => e164).join()}`, undefined),
    renew: () => said('renew', scene.claimHolds ?? true),
    release: (_tenant, _holder, { isUnanswered }) => told('release', isUnanswered ? 'open' : 'done'),
    findOther: () => said('other', others.shift()),
    findJustCreated: () => said('known', scene.justCreated),
    remember: (_tenant, _portal, id) => told('remember', id),
  };
  const maySend = (): Promise<boolean> => said('mark', scene.maySend ?? true);
  const executing = new PerformWrite(
    records,
    new MakeContactAlone(contacts, createLogger({ level: 'silent', name: 'test' })),
  );
  try {
    return { log, performed: await executing.execute('t', write, { portalId: 'p', object: objectOf(write) }, maySend) };
  } catch (error) {
    return { log, error };
  }
}

describe('PerformWrite', () => {
  it('claims a number, sees who else makes it, looks, marks, creates, and tells of it', async () => {
    const { log, performed } = await perform(NOTE, {});
    expect(performed).toEqual({ outcome: 'created', id: '1' });
    const line = [`claim ${NUMBER}`, 'other', 'known', 'find', 'renew', 'mark', 'create', 'remember 1', 'release done'];
    expect(log).toEqual(line);
  });

  it('waits for who is making the same just now, and comes back later for who may have made it', async () => {
    const busy = { isUnanswered: false, settlesInSeconds: 90 };
    const read = { id: '7', values: { firstname: 'Ada' } };
    const waited = await perform(NOTE, { others: [busy, busy], justCreated: '7', read });
    expect(waited.performed).toEqual({ outcome: 'already_there', id: '7', record: read });
    expect(waited.log).toEqual([`claim ${NUMBER}`, 'other', 'other', 'other', 'known', 'read 7', 'release done']);
    const open = await perform(NOTE, { others: [{ isUnanswered: true, settlesInSeconds: 41 }] });
    expect(open.performed).toMatchObject({ outcome: 'deferred', deferral: { retryAfterSeconds: 41 } });
    expect(open.log).toEqual([`claim ${NUMBER}`, 'other', 'release done']);
  });

  it.each<[string, RecordWrite, Scene]>([
    ['its claim', NOTE, { claimHolds: false }],
    ['its place', NOTE, { maySend: false }],
    ['its place before a change', { ...NOTE, action: 'update', id: '5' }, { maySend: false }],
    ['its place before a ticket', { action: 'create', object: 'tickets', values: {}, ties: [] }, { maySend: false }],
  ])('sends nothing once it has lost %s', async (_, write, scene) => {
    const { log, performed } = await perform(write, scene);
    expect(performed).toEqual({ outcome: 'overtaken' });
    expect(log.filter((line) => line === 'create' || line === 'update')).toEqual([]);
  });

  it.each<[string, Scene, string]>([
    ['no answer came', { created: { outcome: 'unknown', detail: '' } }, 'release open'],
    ['it broke off after the sending', { created: new Error('cut') }, 'release open'],
    ['HubSpot said no', { created: { outcome: 'refused', refusal: { reason: 'no', detail: '' } } }, 'release done'],
    ['it found the contact', { found: { found: true, records: [{ id: '3', values: {} }] } }, 'release done'],
  ])('keeps a number claimed only while its contact may still appear: %s', async (_, scene, last) => {
    expect((await perform(NOTE, scene)).log.at(-1)).toBe(last);
  });

  it('tells what was made though nobody else could be told, and keeps others away until they can see it', async () => {
    const unreleased = await perform(NOTE, { fails: ['release'] });
    expect(unreleased.performed).toEqual({ outcome: 'created', id: '1' });
    const unremembered = await perform(NOTE, { fails: ['remember'] });
    expect(unremembered.performed).toEqual({ outcome: 'created', id: '1' });
    expect(unremembered.log.at(-1)).toBe('release open');
    const cut = await perform(NOTE, { created: new Error('cut'), fails: ['release'] });
    expect(cut.error).toMatchObject({ message: 'cut' });
  });

  it('looks on when the contact that was just made is gone again, and follows one that was merged', async () => {
    const gone = await perform(NOTE, { justCreated: '7' });
    expect(gone.performed).toEqual({ outcome: 'created', id: '1' });
    expect(gone.log.slice(2, 6)).toEqual(['known', 'read 7', 'find', 'renew']);
    const merged = await perform(NOTE, { justCreated: '7', read: { id: '8', values: {} } });
    expect(merged.performed).toMatchObject({ outcome: 'already_there', id: '8' });
  });

  it('takes the holder of a value that only one may have for the record asked for only where it is', async () => {
    const find1: RecordFind = {
      ...find,
      object: 'p4711_pets',
      steps: [{ by: 'unique', field: 'chip', values: ['A-1'] }],
    };
    const values = { chip: 'A-1', name: 'Rex', tag: 'T' };
    const pet: RecordWrite = {
      ...NOTE,
      object: 'p4711_pets',
      key: { field: 'chip', value: 'A-1' },
      find: find1,
      values,
    };
    const created = { outcome: 'exists' as const, id: '9' };
    const raced = await perform(pet, { created, read: { id: '9', values: { chip: 'a-1' } } });
    expect(raced.performed).toMatchObject({ outcome: 'already_there', id: '9', record: { id: '9' } });
    const other = await perform(pet, { created, read: { id: '9', values: { chip: 'B-2', tag: 'T' } } });
    expect(other.performed).toMatchObject({ outcome: 'refused', refusal: { reason: 'already_exists' } });
    expect((await perform(pet, { created })).performed).toMatchObject({ outcome: 'refused' });
    // A contact with the same e-mail is the caller, whatever number they ring from.
    const person = await perform(NOTE, { created, read: { id: '9', values: { phone: '+4930901820' } } });
    expect(person.performed).toMatchObject({ outcome: 'already_there', record: { values: { phone: '+4930901820' } } });
  });

  it('claims nothing for records that nobody else makes', async () => {
    const ticket = await perform({ action: 'create', object: 'tickets', values: { phone: NUMBER }, ties: [] }, {});
    expect(ticket.log).toEqual(['mark', 'create']);
    const person = await perform({ action: 'create', object: 'contacts', values: { phone: NUMBER }, ties: [] }, {});
    expect(person.log).toEqual([`claim ${NUMBER}`, 'renew', 'mark', 'create', 'remember 1', 'release done']);
  });
});
