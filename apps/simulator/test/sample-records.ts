import type { Json } from './watched-calls.js';

let counter = 0;

/** A value that no other record of this run has: an e-mail address for `email`, else the stem and a number. */
export function unique(stem: string): string {
  counter += 1;
  return stem === 'email' ? `contract-${counter}@inbox.example.com` : `${stem} ${counter}`;
}

/** What each standard object type needs to be created, and something to change in it. */
export interface SampleType {
  readonly type: string;
  readonly create: () => Json;
  readonly change: Json;
}

export const noteProperties = (): Json => ({ hs_timestamp: '2026-11-21T10:00:00Z', hs_note_body: '<p>Hello</p>' });

export const sampleTypes: readonly SampleType[] = [
  {
    type: 'contacts',
    create: () => ({ email: unique('email'), firstname: 'Ada' }),
    change: { lastname: 'Changed' },
  },
  { type: 'companies', create: () => ({ name: unique('Kestrel') }), change: { city: 'Leeds' } },
  {
    type: 'deals',
    create: () => ({ dealname: unique('Deal'), pipeline: 'default', dealstage: 'contractsent' }),
    change: { amount: '12.5' },
  },
  {
    type: 'tickets',
    create: () => ({ subject: unique('Ticket'), hs_pipeline: '0', hs_pipeline_stage: '1' }),
    change: { hs_ticket_priority: 'HIGH' },
  },
  { type: 'notes', create: noteProperties, change: { hs_note_body: '<p>Changed</p>' } },
  {
    type: 'calls',
    create: () => ({
      hs_timestamp: '1795255200000',
      hs_call_title: 'Demo',
      hs_call_direction: 'INBOUND',
      hs_call_status: 'COMPLETED',
      hs_call_duration: '60000',
    }),
    change: { hs_call_body: '<p>x</p>' },
  },
  {
    type: 'communications',
    create: () => ({
      hs_timestamp: '2026-11-21T10:00:00Z',
      hs_communication_channel_type: 'SMS',
      hs_communication_logged_from: 'CRM',
      hs_communication_body: 'Hi',
    }),
    change: { hs_communication_body: 'Ho' },
  },
];

/** One entry of `associations` in a create. */
export const linkTo = (id: string, associationTypeId: number): Json => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
});

export const idOf = (json: Json): string => json['id'] as string;
export const listOf = (json: Json, field = 'results'): Json[] => (json[field] ?? []) as Json[];
export const firstErrorCode = (json: Json): unknown => listOf(json, 'errors')[0]?.['code'];
