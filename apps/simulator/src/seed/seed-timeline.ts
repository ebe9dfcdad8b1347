import type { Owner } from '../catalogue/index.js';
import type { SeedContact } from './seed-contacts.js';
import type { SeedCompany } from './seed-companies.js';
import type { SeededRandom } from './seeded-random.js';
import type { SeedAssociation, SeedObjectType, SeedRecord } from './seed-types.js';
import { iso, type SeedTimes } from './seed-times.js';
import { callTitles, dealThings, noteSentences, textMessages, ticketSubjects } from './words.js';

const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
const NO_ANSWER = '73a0d17f-1163-4015-bdd5-ec830791da20';

export interface SeedTimeline {
  readonly objects: Record<Exclude<SeedObjectType, 'contacts' | 'companies'>, SeedRecord[]>;
  readonly associations: SeedAssociation[];
}

/** Notes, calls, messages, deals and tickets of some of the contacts: about one record for every two of them. */
export function seedTimeline(
  random: SeededRandom,
  times: SeedTimes,
  owners: readonly Owner[],
  contacts: readonly SeedContact[],
): SeedTimeline {
  const objects: SeedTimeline['objects'] = { deals: [], tickets: [], notes: [], calls: [], communications: [] };
  const associations: SeedAssociation[] = [];
  const owned = (): Record<string, string> =>
    owners.length > 0 && random.chance(0.8) ? { hubspot_owner_id: random.pick(owners).id } : {};

  const add = (
    type: keyof SeedTimeline['objects'],
    typeId: number,
    contact: SeedContact,
    atMs: number,
    properties: Record<string, string>,
  ): string => {
    const key = `${type}-${objects[type].length}`;
    const record = { key, properties: { ...properties, ...owned() }, createdAt: iso(atMs), updatedAt: iso(atMs) };
    objects[type].push(record);
    associations.push({ fromType: type, fromKey: key, toType: 'contacts', toKey: contact.record.key, typeId });
    return key;
  };

  for (const contact of contacts) {
    const later = (): number => times.after(contact.createdMs);
    if (random.chance(0.2)) {
      for (let left = random.between(1, 3); left > 0; left -= 1) {
        const at = later();
        add('notes', 202, contact, at, { hs_timestamp: iso(at), hs_note_body: noteBody(random) });
      }
    }
    if (random.chance(0.08)) {
      const at = later();
      add('calls', 194, contact, at, { hs_timestamp: iso(at), ...call(random) });
    }
    if (random.chance(0.04)) {
      const at = later();
      add('communications', 81, contact, at, {
        hs_timestamp: iso(at),
        hs_communication_channel_type: random.pick(['SMS', 'WHATS_APP']),
        hs_communication_logged_from: 'CRM',
        hs_communication_body: `<p>${random.pick(textMessages)}</p>`,
      });
    }
    if (random.chance(0.03)) {
      const key = add('deals', 3, contact, later(), deal(random, contact.company));
      if (contact.company !== undefined) {
        const toKey = contact.company.record.key;
        associations.push({ fromType: 'deals', fromKey: key, toType: 'companies', toKey, typeId: 341 });
      }
    }
    if (random.chance(0.025)) add('tickets', 16, contact, later(), ticket(random));
  }
  return { objects, associations };
}

function noteBody(random: SeededRandom): string {
  const sentences = Array.from({ length: random.between(1, 3) }, () => random.pick(noteSentences));
  if (random.chance(0.2))
    return `<p><strong>Meeting</strong></p><ul>${sentences.map((each) => `<li>${each}</li>`).join('')}</ul>`;
  return sentences.map((sentence) => `<p>${sentence}</p>`).join('');
}

function call(random: SeededRandom): Record<string, string> {
  const answered = random.chance(0.8);
  return {
    hs_call_title: random.pick(callTitles),
    hs_call_body: `<p>${random.pick(noteSentences)}</p>`,
    hs_call_direction: random.pick(['INBOUND', 'OUTBOUND']),
    hs_call_status: answered ? 'COMPLETED' : 'NO_ANSWER',
    hs_call_disposition: answered ? CONNECTED : NO_ANSWER,
    hs_call_duration: String(answered ? random.between(20_000, 1_800_000) : 0),
    hs_call_from_number: random.digits('+1513N######'),
    hs_call_to_number: random.digits('+1415N######'),
  };
}

function deal(random: SeededRandom, company: SeedCompany | undefined): Record<string, string> {
  return {
    dealname: `${company?.name ?? 'Private customer'}: ${random.pick(dealThings)}`,
    pipeline: 'default',
    dealstage: random.pick(['appointmentscheduled', 'qualifiedtobuy', 'contractsent', 'closedwon', 'closedlost']),
    amount: String(random.between(2, 900) * 100),
    dealtype: random.pick(['newbusiness', 'existingbusiness']),
  };
}

function ticket(random: SeededRandom): Record<string, string> {
  return {
    subject: random.pick(ticketSubjects),
    content: random.pick(noteSentences),
    hs_pipeline: '0',
    hs_pipeline_stage: random.pick(['1', '2', '3', '4']),
    hs_ticket_priority: random.pick(['LOW', 'MEDIUM', 'HIGH']),
  };
}
