import { resolveObjectType, type PropertyDefinition } from '../catalogue/index.js';
import { page } from './layout.js';
import { html, type Markup } from './markup.js';
import type { PageAssociation, PagePortal, PageRecord, PagesSource } from './pages-source.js';
import { contactName, propertyValue, time } from './present-values.js';
import { isTimelineType, timelineEntry, timelineOf } from './timeline.js';

/** Shown first, even when HubSpot lists them late; everything else follows in groups. */
const keyProperties: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'email',
    'hs_additional_emails',
    'phone',
    'mobilephone',
    'lifecyclestage',
    'hs_lead_status',
    'hubspot_owner_id',
    'company',
    'jobtitle',
  ],
  companies: ['name', 'domain', 'phone', 'industry', 'lifecyclestage', 'hubspot_owner_id'],
  deals: ['dealname', 'amount', 'dealstage', 'pipeline', 'closedate', 'hubspot_owner_id'],
  tickets: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_priority', 'hubspot_owner_id'],
};

function recordName({ objectType, id, properties }: PageRecord): string {
  if (objectType === 'contacts') return contactName(properties);
  const title = properties[resolveObjectType(objectType)?.primaryDisplayProperty ?? ''];
  return title?.trim() || `${resolveObjectType(objectType)?.singular ?? objectType} ${id}`;
}

/** Up to two letters for the round badge: whole graphemes, so that an emoji or a Hangul syllable stays one. */
function initials(name: string): string {
  const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const words = name
    .replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}\p{M}\u200d ]/gu, '')
    .split(' ')
    .filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .flatMap((word) => (word === undefined ? [] : [...letters.segment(word)].slice(0, 1).map(({ segment }) => segment)))
    .join('')
    .toUpperCase();
}

/** One of six badge colours, always the same for the same record. */
const hue = (id: string): number => Array.from(id).reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 6, 0);

function propertyList(source: PagesSource, portal: PagePortal, record: PageRecord): Markup {
  const definitions = new Map(source.properties(portal.hubId, record.objectType).map((each) => [each.name, each]));
  const reading = { timeZone: portal.timeZone, owner: (id: string) => source.owner(portal.hubId, id) };
  const pipelines = source.pipelines(portal.hubId, record.objectType);
  const stageLabel = (name: string, value: string): string | undefined => {
    if (name === 'pipeline' || name === 'hs_pipeline') return pipelines.find(({ id }) => id === value)?.label;
    if (name !== 'dealstage' && name !== 'hs_pipeline_stage') return undefined;
    return pipelines.flatMap(({ stages }) => stages).find(({ id }) => id === value)?.label;
  };
  const term = (definition: PropertyDefinition): Markup => {
    const value = record.properties[definition.name] ?? '';
    return html`<div data-property="${definition.name}">
      <dt title="${definition.name}">${definition.label}</dt>
      <dd>${stageLabel(definition.name, value) ?? propertyValue(definition, value, reading)}</dd>
    </div> `;
  };
  const filled = [...definitions.values()].filter(({ name }) => record.properties[name]);
  const keys = (keyProperties[record.objectType] ?? []).flatMap((name) => filled.filter((each) => each.name === name));
  const others = filled.filter((each) => !keys.includes(each)).sort((a, b) => a.label.localeCompare(b.label, 'en'));
  return html`<section class="card">
    <h2>About</h2>
    <dl class="properties">${keys.map(term)}</dl>
    <details>
      <summary>All ${filled.length} filled properties</summary>
      <dl class="properties">${others.map(term)}</dl>
    </details>
  </section>`;
}

function associationLists(source: PagesSource, portal: PagePortal, associations: readonly PageAssociation[]): Markup[] {
  const records = associations.filter(({ objectType }) => !isTimelineType(objectType));
  return [...Map.groupBy(records, ({ objectType }) => objectType)].map(([objectType, list]) => {
    const type = resolveObjectType(objectType);
    const items = list.flatMap(({ id, types }) => {
      const record = source.record(portal.hubId, objectType, id);
      if (record === undefined || record.archived) return [];
      const labels = types.flatMap(({ label }) => (label === null ? [] : [html` <span class="tag">${label}</span>`]));
      const href = `/contacts/${portal.hubId}/record/${type?.objectTypeId ?? objectType}/${record.id}`;
      return [html`<li><a href="${href}" dir="auto">${recordName(record)}</a>${labels}</li> `];
    });
    return html`<section class="card">
      <h2 class="capital">${objectType} <small>${items.length}</small></h2>
      <ul class="plain">
        ${items}
      </ul>
    </section> `;
  });
}

/** A record with its properties, its timeline and what it is associated to. */
export function recordPage(source: PagesSource, portal: PagePortal, record: PageRecord): string {
  const associations = source.associationsOf(portal.hubId, record.objectType, record.id);
  const timeline = timelineOf(source, portal.hubId, associations);
  const type = resolveObjectType(record.objectType);
  const name = recordName(record);
  const { jobtitle, company } = record.properties;
  const main = html`<header class="record">
      <span class="badge hue-${hue(record.id)}" aria-hidden="true">${initials(name)}</span>
      <div>
        <h1 dir="auto">${name}</h1>
        <p class="muted">
          ${record.objectType === 'contacts' && (jobtitle || company) && html`<span dir="auto">${[jobtitle, company].filter(Boolean).join(' · ')}</span><br />`}
          <span class="capital">${type?.singular ?? record.objectType}</span> ${record.id} · created
          ${time(record.createdAt, portal.timeZone)} · changed ${time(record.updatedAt, portal.timeZone)}
        </p>
      </div>
    </header>
    ${record.archived && html`<p class="banner" role="status">This record is in the recycling bin.</p>`}
    <div class="columns">
      <div class="side">${propertyList(source, portal, record)}</div>
      <div class="middle">
        <h2 class="timeline-title">
          Timeline <small>${timeline.length} ${timeline.length === 1 ? 'entry' : 'entries'}</small>
        </h2>
        ${timeline.length === 0 ? html`<p class="card muted">Nothing here yet. What is written to this ${type?.singular ?? 'record'} appears here by itself.</p>` : timeline.map((entry) => timelineEntry(source, portal, entry))}
      </div>
      <div class="side">${associationLists(source, portal, associations)}</div>
    </div>`;
  return page({
    title: `${name} · ${portal.name}`,
    crumbs: [{ label: portal.name, href: `/contacts/${portal.hubId}` }, { label: name }],
    main,
  });
}
