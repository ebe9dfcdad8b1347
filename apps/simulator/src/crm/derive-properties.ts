import { calculatedPhoneProperties } from '../phones/index.js';
import type { PropertyChanges, PropertyValues } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { PIPELINE_PROPERTIES } from './pipeline-stage.js';

const BODIES: Readonly<Record<string, string>> = {
  notes: 'hs_note_body',
  calls: 'hs_call_body',
  communications: 'hs_communication_body',
};

export interface Origin {
  readonly id: string;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly appId: number;
}

/** What HubSpot adds to a record on creation (FACTS §3.2), without what it computes from other properties. */
export function birthProperties(portal: Portal, typeKey: string, origin: Origin): Record<string, string> {
  const at = new Date(origin.createdAt).toISOString();
  const { createdProperty, modifiedProperty } = portal.schema.names(typeKey);
  const source = {
    hs_object_source: 'INTEGRATION',
    hs_object_source_id: String(origin.appId),
    hs_object_source_label: 'INTEGRATION',
  };
  const common = { hs_object_id: origin.id, [createdProperty]: at, [modifiedProperty]: at, ...source };
  if (typeKey !== 'contacts') return known(portal, typeKey, { hs_createdate: at, ...common });
  return known(portal, typeKey, {
    ...common,
    hs_all_contact_vids: origin.id,
    hs_is_contact: 'true',
    hs_is_unworked: 'true',
    hs_marketable_status: 'false',
    hs_marketable_until_renewal: 'false',
    hs_pipeline: 'contacts-lifecycle-pipeline',
    lifecyclestage: 'lead',
    num_notes: '0',
    num_contacted_notes: '0',
  });
}

/**
 * What HubSpot computes from `properties`, the state after a write. `changed` names what the write touched, so that a
 * note doesn't parse anybody's phone number; undefined computes everything.
 */
export function computedProperties(
  portal: Portal,
  typeKey: string,
  properties: PropertyValues,
  changed: PropertyChanges | undefined,
  now: number,
): Record<string, string | null> {
  const touches = (...names: string[]): boolean => !changed || names.some((name) => name in changed);
  const computed: Record<string, string | null> = {};
  if (typeKey === 'contacts') {
    if (touches('phone', 'mobilephone', 'country')) Object.assign(computed, phones(portal, properties));
    if (touches('email')) computed['hs_email_domain'] = properties['email']?.split('@')[1] ?? null;
    if (touches('email', 'hs_additional_emails')) {
      // An address is primary or secondary, not both: a secondary one that became primary leaves the list.
      const listed = properties['hs_additional_emails']?.split(';') ?? [];
      const secondary = listed.filter((email) => email !== properties['email']);
      if (secondary.length < listed.length) computed['hs_additional_emails'] = secondary.join(';') || null;
    }
    if (touches('email', 'firstname', 'lastname')) {
      const name = [properties['firstname'], properties['lastname']].filter(Boolean).join(' ');
      computed['hs_full_name_or_email'] = name || properties['email'] || null;
    }
    const stage = properties['lifecyclestage'];
    if (stage && touches('lifecyclestage')) {
      const entered = `hs_lifecyclestage_${stage}_date`;
      if (!properties[entered]) computed[entered] = new Date(now).toISOString();
    }
  }
  const body = BODIES[typeKey];
  if (body && touches(body)) {
    const text = plainText(properties[body] ?? '');
    computed['hs_body_preview'] = text.slice(0, PREVIEW_LENGTH) || null;
    computed['hs_body_preview_is_truncated'] = text ? String(text.length > PREVIEW_LENGTH) : null;
  }
  const pipeline = PIPELINE_PROPERTIES[typeKey];
  if (pipeline && !properties[pipeline.pipeline]) {
    computed[pipeline.pipeline] = portal.schema.pipelines(typeKey)[0]?.id ?? null;
  }
  if (pipeline && touches(pipeline.stage)) {
    const stages = portal.schema.pipelines(typeKey).flatMap((one) => one.stages);
    const metadata = stages.find(({ id }) => id === properties[pipeline.stage])?.metadata;
    const isWon = metadata?.['isClosed'] === 'true' && Number(metadata['probability']) === 1;
    computed['hs_is_closed'] = metadata?.['isClosed'] ?? null;
    computed['hs_is_closed_won'] = metadata ? String(isWon) : null;
  }
  return known(portal, typeKey, computed);
}

const PREVIEW_LENGTH = 500;

const plainText = (html: string): string =>
  html
    .slice(0, PREVIEW_LENGTH * 8)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function phones(portal: Portal, properties: PropertyValues): Record<string, string | null> {
  const { defaultCountry } = portal.settings;
  const calculated = calculatedPhoneProperties(properties, defaultCountry === null ? {} : { defaultCountry });
  if (portal.flags.internationalSearchableForm === 'e164') return { ...calculated };
  return Object.fromEntries(
    Object.entries(calculated).map(([name, value]) => [
      name,
      name.includes('_international_') ? (value?.replaceAll(/\D/g, '') ?? null) : value,
    ]),
  );
}

/** Drops what this portal's object type has no property for. */
function known<V>(portal: Portal, typeKey: string, values: Readonly<Record<string, V>>): Record<string, V> {
  const definitions = portal.schema.definitions(typeKey);
  const kept: Record<string, V> = {};
  for (const name in values) if (definitions.has(name)) kept[name] = values[name] as V;
  return kept;
}
