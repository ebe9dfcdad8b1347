import type { CrmField, CrmObject, CrmOption } from '@app/crm';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';

/* What a CRM's objects have in common, by the names the connector reads them under. */

export const RECORD_ID = 'hs_object_id';
export const OWNER = 'hubspot_owner_id';
export const CONTACTS = 'contacts';
/** Who is known by several addresses has the others here, separated by `;`. */
export const SECONDARY_EMAILS = 'hs_additional_emails';

/** Where typed numbers stand, and beside each what the CRM derives from it to be searched by: national digits. */
const DERIVED: Readonly<Record<string, string>> = {
  phone: 'hs_searchable_calculated_phone_number',
  mobilephone: 'hs_searchable_calculated_mobile_number',
};

export function fieldOf(object: CrmObject, name: string): CrmField | undefined {
  return object.fields.find((field) => field.name === name);
}

/** By the name in paths, or the id that stays when it is renamed. */
export function objectOf(snapshot: SchemaSnapshot, name: string): CrmObject | undefined {
  return snapshot.objects.find((object) => object.name === name || object.typeId === name);
}

export function isContactEmail(object: CrmObject, field: string): boolean {
  return object.name === CONTACTS && field === 'email';
}

export function isContacts(object: CrmObject): boolean {
  return object.name === CONTACTS;
}

export function isPhoneField(field: CrmField): boolean {
  return (
    field.type === 'phone_number' ||
    (field.type === 'string' && (field.fieldType === 'phonenumber' || field.name in DERIVED))
  );
}

/** The fields that a number is looked for in, when it is asked for in one of them, each with what is derived from it. */
export function phoneFields(object: CrmObject, name: string): { typed: string; derived?: string }[] {
  const names = name in DERIVED ? Object.keys(DERIVED).filter((each) => fieldOf(object, each)) : [name];
  return names.map((typed) => {
    const derived = DERIVED[typed];
    return derived !== undefined && fieldOf(object, derived) ? { typed, derived } : { typed };
  });
}

/** What a contact is tied to by setting a field: HubSpot makes a tie to the company whose id is written there. */
export function tieByField(field: string): 'companies' | undefined {
  return field === 'associatedcompanyid' ? 'companies' : undefined;
}

/** The objects whose ties a search can ask for: HubSpot knows those of custom objects to no search, from neither side. */
export const SEARCHABLE_TIES: readonly string[] = ['contacts', 'companies', 'deals', 'tickets'];

const TIE = 'associations.';

/** What stands for a field where a filter asks for a tie: `associations.contacts`. */
export function tieField(object: string): string {
  return `${TIE}${object}`;
}

/** @returns the object to which a filter asks for a tie; undefined: it asks for a field. */
export function tieIn(field: string): string | undefined {
  return field.startsWith(TIE) ? field.slice(TIE.length) : undefined;
}

/** Where the time of a record's creation stands. */
export function createdField(object: CrmObject): string | undefined {
  return ['createdate', 'hs_createdate'].find((name) => fieldOf(object, name));
}

/** Pipeline and stage: HubSpot names them one way for deals, another for everything else. */
export function pipelineFields(object: CrmObject): { pipeline: string; stage: string } | undefined {
  if (object.pipelines.length === 0) return undefined;
  return object.name === 'deals'
    ? { pipeline: 'pipeline', stage: 'dealstage' }
    : { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' };
}

/**
 * The values a field may have; undefined: any. The portal's pipelines say more than the field's own options.
 * @param pipelineId only its stages, where the field holds one.
 */
export function optionsOf(object: CrmObject, field: CrmField, pipelineId?: string): readonly CrmOption[] | undefined {
  const names = pipelineFields(object);
  if (field.name === names?.pipeline)
    return object.pipelines.map(({ id, label }) => ({ value: id, label, isHidden: false }));
  if (field.name === names?.stage) {
    const pipelines = object.pipelines.filter(({ id }) => pipelineId === undefined || id === pipelineId);
    const stages = pipelines.flatMap((pipeline) => pipeline.stages);
    return [...new Map(stages.map(({ id, label }) => [id, { value: id, label, isHidden: false }])).values()];
  }
  if (field.type !== 'enumeration' || field.optionsFromElsewhere || field.options.length === 0) return undefined;
  return field.options;
}

export function isSensitive({ sensitivity }: CrmField): boolean {
  return sensitivity !== 'none' && sensitivity !== 'non_sensitive';
}
