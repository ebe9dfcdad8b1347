import type { ObjectTypeNames } from './catalogue-types.js';

const engagement = { createdProperty: 'hs_createdate', modifiedProperty: 'hs_lastmodifieddate' };
const record = { createdProperty: 'createdate', modifiedProperty: 'hs_lastmodifieddate' };

/** The standard object types, with the ids that FACTS §4 and §9 name and HubSpot's object type id list completes. */
export const objectTypes: readonly ObjectTypeNames[] = [
  {
    objectTypeId: '0-1',
    plural: 'contacts',
    singular: 'contact',
    primaryDisplayProperty: 'email',
    createdProperty: 'createdate',
    modifiedProperty: 'lastmodifieddate',
  },
  { objectTypeId: '0-2', plural: 'companies', singular: 'company', primaryDisplayProperty: 'name', ...record },
  { objectTypeId: '0-3', plural: 'deals', singular: 'deal', primaryDisplayProperty: 'dealname', ...record },
  { objectTypeId: '0-5', plural: 'tickets', singular: 'ticket', primaryDisplayProperty: 'subject', ...record },
  {
    objectTypeId: '0-18',
    plural: 'communications',
    singular: 'communication',
    primaryDisplayProperty: 'hs_communication_body',
    ...engagement,
  },
  { objectTypeId: '0-27', plural: 'tasks', singular: 'task', primaryDisplayProperty: 'hs_task_subject', ...engagement },
  { objectTypeId: '0-46', plural: 'notes', singular: 'note', primaryDisplayProperty: 'hs_note_body', ...engagement },
  {
    objectTypeId: '0-47',
    plural: 'meetings',
    singular: 'meeting',
    primaryDisplayProperty: 'hs_meeting_title',
    ...engagement,
  },
  { objectTypeId: '0-48', plural: 'calls', singular: 'call', primaryDisplayProperty: 'hs_call_title', ...engagement },
  {
    objectTypeId: '0-49',
    plural: 'emails',
    singular: 'email',
    primaryDisplayProperty: 'hs_email_subject',
    ...engagement,
  },
  {
    objectTypeId: '0-136',
    plural: 'leads',
    singular: 'lead',
    primaryDisplayProperty: 'hs_lead_name',
    createdProperty: 'hs_createdate',
    modifiedProperty: 'hs_lastmodifieddate',
  },
];

const byAnyName = new Map<string, ObjectTypeNames>();
for (const type of objectTypes) {
  for (const name of [type.objectTypeId, type.plural, type.singular]) byAnyName.set(name, type);
}

/** Finds a standard object type by its id, plural or singular name in any case; undefined for anything else. */
export const resolveObjectType = (name: string): ObjectTypeNames | undefined =>
  byAnyName.get(name) ?? byAnyName.get(name.toLowerCase());
