import type { CallDetails, TimelineEntry } from '@app/crm';

/** HubSpot's type ids of note→contact and call→contact. */
const TO_CONTACT: Record<TimelineEntry['type'], number> = { note: 202, call: 194 };

export const OBJECT_TYPE = { note: 'notes', call: 'calls' } as const;
export const BODY_PROPERTY = { note: 'hs_note_body', call: 'hs_call_body' } as const;

/** HubSpot's `hs_call_status`; another word would make it refuse the whole batch. */
const CALL_STATUSES = new Set([
  'BUSY',
  'CALLING_CRM_USER',
  'CANCELED',
  'COMPLETED',
  'CONNECTING',
  'FAILED',
  'IN_PROGRESS',
  'NO_ANSWER',
  'QUEUED',
  'RINGING',
]);

export interface EntryInput {
  properties: Record<string, string>;
  associations: readonly object[];
}

/** One element of `batch/create`, with its association inline: no second call. */
export function toInput(entry: TimelineEntry, ownerId?: string): EntryInput {
  return {
    properties: {
      hs_timestamp: entry.at.toISOString(),
      [BODY_PROPERTY[entry.type]]: entry.body,
      ...(ownerId === undefined ? {} : { hubspot_owner_id: ownerId }),
      ...(entry.type === 'call' && entry.call !== undefined ? callProperties(entry.call) : {}),
    },
    associations: [
      {
        to: { id: entry.contactId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: TO_CONTACT[entry.type] }],
      },
    ],
  };
}

function callProperties(call: CallDetails): Record<string, string> {
  const status = call.status.toUpperCase();
  const values = {
    hs_call_title: call.title,
    hs_call_direction: call.direction.toUpperCase(),
    hs_call_duration: call.durationMs === undefined ? undefined : String(Math.round(call.durationMs)),
    hs_call_from_number: call.fromNumber,
    hs_call_to_number: call.toNumber,
    hs_call_status: CALL_STATUSES.has(status) ? status : undefined,
    ...recording(call.recordingUrl),
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** HubSpot takes https only, and shows a player and a transcript only for calls of this source. */
function recording(url: string | undefined): Record<string, string> {
  if (url === undefined || !URL.canParse(url) || new URL(url).protocol !== 'https:') return {};
  return { hs_call_recording_url: url, hs_call_source: 'INTEGRATIONS_PLATFORM' };
}
