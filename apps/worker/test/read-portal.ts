import type { OracleContact } from '@app/transcripts/testing';
import type { House } from './house.js';

export interface PortalEntry {
  id: string;
  contactIds: string[];
  body: string;
  at: string;
}

/** The portal as it really is, without limits, lag or permissions. */
export interface PortalContents {
  contacts: OracleContact[];
  notes: PortalEntry[];
  calls: PortalEntry[];
}

export async function readPortal({ simulator, hubId }: Pick<House, 'simulator' | 'hubId'>): Promise<PortalContents> {
  const [contacts, notes, calls] = await Promise.all(
    ['contacts', 'notes', 'calls'].map(async (type) => simulator.control.records(hubId, type)),
  );
  return {
    contacts: (contacts ?? []).map(({ id, properties }) => ({
      id,
      createdAt: new Date(properties['createdate'] ?? 0),
      emails: [properties['email'], ...(properties['hs_additional_emails'] ?? '').split(';')].filter(isText),
      phones: [properties['phone'], properties['mobilephone']].filter(isText),
      firstName: properties['firstname'] ?? undefined,
    })),
    notes: (notes ?? []).map((record) => toEntry(record, 'hs_note_body')),
    calls: (calls ?? []).map((record) => toEntry(record, 'hs_call_body')),
  };
}

interface PortalRecord {
  id: string;
  properties: Readonly<Record<string, string | null>>;
  associations?: Readonly<Record<string, readonly { id: string }[]>>;
}

function toEntry({ id, properties, associations }: PortalRecord, body: string): PortalEntry {
  return {
    id,
    contactIds: (associations?.['contacts'] ?? []).map((contact) => contact.id),
    body: properties[body] ?? '',
    at: properties['hs_timestamp'] ?? '',
  };
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== '';
}
