import { resolveObjectType } from '../catalogue/index.js';
import { body, html, type Markup } from './markup.js';
import type { PageAssociation, PagePortal, PageRecord, PagesSource } from './pages-source.js';
import { duration, ownerName, readTime, time } from './present-values.js';

/** The object types that stand on a timeline, with the property that holds what was said. */
const entryTypes: Readonly<Record<string, { readonly label: string; readonly body: string }>> = {
  notes: { label: 'Note', body: 'hs_note_body' },
  calls: { label: 'Call', body: 'hs_call_body' },
  communications: { label: 'Message', body: 'hs_communication_body' },
  emails: { label: 'Email', body: 'hs_email_html' },
  meetings: { label: 'Meeting', body: 'hs_meeting_body' },
  tasks: { label: 'Task', body: 'hs_task_body' },
};

export const isTimelineType = (objectType: string): boolean => objectType in entryTypes;

export interface TimelineEntry {
  readonly record: PageRecord;
  readonly types: PageAssociation['types'];
}

const timeOf = ({ properties, createdAt }: PageRecord): number => {
  const own = readTime(properties['hs_timestamp'] ?? '');
  return Number.isFinite(own) ? own : Date.parse(createdAt);
};

const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));

/**
 * Newest first. Parts of one transcript share one time: they are shown in the order in which they were created, so that
 * they read from top to bottom.
 */
export function timelineOf(
  source: PagesSource,
  hubId: number,
  associations: readonly PageAssociation[],
): TimelineEntry[] {
  return associations
    .filter(({ objectType }) => isTimelineType(objectType))
    .flatMap(({ objectType, id, types }): TimelineEntry[] => {
      const record = source.record(hubId, objectType, id);
      return record === undefined || record.archived ? [] : [{ record, types }];
    })
    .sort((a, b) => timeOf(b.record) - timeOf(a.record) || byNumber(a.record.id, b.record.id));
}

/** A call's own facts, each only when it is known. */
function callFacts(properties: PageRecord['properties']): Markup {
  const ms = Number(properties['hs_call_duration']);
  const recording = properties['hs_call_recording_url'];
  const facts = [
    properties['hs_call_direction']?.toLowerCase(),
    properties['hs_call_status']?.toLowerCase().replaceAll('_', ' '),
    ms > 0 && duration(ms),
    properties['hs_call_from_number'] && `from ${properties['hs_call_from_number']}`,
    properties['hs_call_to_number'] && `to ${properties['hs_call_to_number']}`,
  ].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
  return html`<p class="muted">
    ${facts.join(' · ')}${
      recording?.startsWith('https://') === true &&
      html` · <a href="${recording}" target="_blank" rel="noopener noreferrer">Recording</a>`
    }
  </p>`;
}

const channels: Readonly<Record<string, string>> = { SMS: 'SMS', WHATS_APP: 'WhatsApp', LINKEDIN_MESSAGE: 'LinkedIn' };

/** One entry, reachable as `#note-512`, `#call-513`, `#communication-514`. */
export function timelineEntry(source: PagesSource, portal: PagePortal, { record, types }: TimelineEntry): Markup {
  const { objectType, id, properties } = record;
  const kind = entryTypes[objectType];
  const singular = resolveObjectType(objectType)?.singular ?? objectType;
  const heading =
    objectType === 'communications'
      ? (channels[properties['hs_communication_channel_type'] ?? ''] ?? kind?.label)
      : kind?.label;
  const title =
    properties['hs_call_title'] ??
    properties['hs_email_subject'] ??
    properties['hs_meeting_title'] ??
    properties['hs_task_subject'];
  const owner = properties['hubspot_owner_id'];
  const by = owner ? ownerName(source.owner(portal.hubId, owner)) : '';
  const text = properties[kind?.body ?? ''];
  return html`<article
    class="card entry ${objectType}"
    id="${singular}-${id}"
    data-object-type="${objectType}"
    data-id="${id}"
  >
    <header>
      <h3>${heading}${title && html` <span dir="auto">${title}</span>`}</h3>
      <p class="muted">
        ${by && html`<span dir="auto">${by}</span> · `}${time(properties['hs_timestamp'] ?? record.createdAt, portal.timeZone)}
        ·
        <a href="#${singular}-${id}" title="${types.map(({ typeId }) => `association ${typeId}`).join(', ')}">#${id}</a>
      </p>
    </header>
    ${objectType === 'calls' && callFacts(properties)}
    ${text ? html`<div class="body" dir="auto" tabindex="0">${body(text)}</div>` : html`<p class="muted">No text.</p>`}
  </article> `;
}
