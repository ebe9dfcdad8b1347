import type { PropertyDefinition } from './catalogue-types.js';
import { hubspotProperty, type PropertyTraits } from './define-property.js';

export const text: PropertyTraits = {};
export const textarea: PropertyTraits = { fieldType: 'textarea' };
export const html: PropertyTraits = { fieldType: 'html' };
export const number: PropertyTraits = { type: 'number', fieldType: 'number' };
export const amount: PropertyTraits = { ...number, showCurrencySymbol: true };
export const datetime: PropertyTraits = { type: 'datetime', fieldType: 'date' };
export const phone: PropertyTraits = { type: 'phone_number', fieldType: 'phonenumber' };
export const flag: PropertyTraits = {
  type: 'bool',
  fieldType: 'booleancheckbox',
  options: [
    ['true', 'True'],
    ['false', 'False'],
  ],
};

export const readOnly = (traits: PropertyTraits = {}): PropertyTraits => ({ ...traits, readOnly: true });
export const calculated = (traits: PropertyTraits = {}): PropertyTraits => ({ ...traits, calculated: true });
export const choice = (...options: readonly (readonly [value: string, label: string])[]): PropertyTraits => ({
  type: 'enumeration',
  fieldType: 'select',
  options,
});

export type PropertyRow = readonly [name: string, label: string, traits?: PropertyTraits];

/** The definitions of one property group. */
export const inGroup = (groupName: string, rows: readonly PropertyRow[]): PropertyDefinition[] =>
  rows.map(([name, label, traits]) => hubspotProperty(name, label, groupName, traits));

const sources = choice(
  ['INTEGRATION', 'Integration'],
  ['CRM_UI', 'CRM UI'],
  ['IMPORT', 'Import'],
  ['FORM', 'Form'],
  ['MERGE_OBJECTS', 'Merge Objects'],
  ['API', 'API'],
);

/** What every object type has; owner and team are the only ones of them a caller may set. */
export const commonProperties = (groupName: string): PropertyDefinition[] =>
  inGroup(groupName, [
    ['hs_object_id', 'Record ID', readOnly(number)],
    ['hs_object_source', 'Record creation source', readOnly(text)],
    ['hs_object_source_id', 'Record creation source ID', readOnly(text)],
    ['hs_object_source_label', 'Record source', readOnly(sources)],
    ['hs_object_source_detail_1', 'Record source detail 1', readOnly(text)],
    ['hs_object_source_user_id', 'Record creation source user ID', readOnly(number)],
    ['hs_created_by_user_id', 'Created by user ID', readOnly(number)],
    ['hs_updated_by_user_id', 'Updated by user ID', readOnly(number)],
    ['hs_merged_object_ids', 'Merged record IDs', readOnly({ ...text, type: 'string' })],
    ['hs_unique_creation_key', 'Unique creation key', { readOnly: true, hidden: true, hasUniqueValue: true }],
    ['hs_read_only', 'Read only object', readOnly({ ...flag, hidden: true })],
    ['hs_was_imported', 'Performed in an import', readOnly({ ...flag, hidden: true })],
    ['hs_all_owner_ids', 'All owner IDs', readOnly(text)],
    ['hs_all_team_ids', 'All team IDs', readOnly(text)],
    ['hs_user_ids_of_all_owners', 'User IDs of all owners', readOnly(text)],
    ['hubspot_owner_id', 'Owner', { ...choice(), externalOptions: true, referencedObjectType: 'OWNER' }],
    ['hubspot_owner_assigneddate', 'Owner assigned date', readOnly(datetime)],
    ['hubspot_team_id', 'HubSpot team', { ...choice(), externalOptions: true, readOnly: true }],
  ]);
