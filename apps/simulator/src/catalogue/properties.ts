import type { PropertyDefinition, PropertyGroup } from './catalogue-types.js';
import { companyProperties } from './company-properties.js';
import { contactProperties } from './contact-properties.js';
import { dealProperties, ticketProperties } from './deal-ticket-properties.js';
import {
  callProperties,
  communicationProperties,
  emailProperties,
  meetingProperties,
  noteProperties,
  taskProperties,
} from './engagement-properties.js';

const definitions: Readonly<Record<string, readonly PropertyDefinition[]>> = {
  contacts: contactProperties,
  companies: companyProperties,
  deals: dealProperties,
  tickets: ticketProperties,
  notes: noteProperties,
  calls: callProperties,
  communications: communicationProperties,
  tasks: taskProperties,
  meetings: meetingProperties,
  emails: emailProperties,
};

const groupLabels: Readonly<Record<string, string>> = {
  contactinformation: 'Contact information',
  sales_properties: 'Sales properties',
  analyticsinformation: 'Web analytics history',
  emailinformation: 'Email information',
  conversioninformation: 'Conversion information',
  companyinformation: 'Company information',
  dealinformation: 'Deal information',
  ticketinformation: 'Ticket information',
  notesinformation: 'Notes information',
  call: 'Call information',
  communicationinformation: 'Communication information',
  tasksinformation: 'Tasks information',
  meetingsinformation: 'Meetings information',
  email: 'Email information',
};

/** HubSpot's own properties of a standard object type (plural name); empty for an unknown one. */
export const propertiesOf = (objectType: string): readonly PropertyDefinition[] => definitions[objectType] ?? [];

/** The headings under which those properties stand, in the order of first use. */
export const propertyGroupsOf = (objectType: string): readonly PropertyGroup[] =>
  [...new Set(propertiesOf(objectType).map(({ groupName }) => groupName))].map((name, displayOrder) => ({
    name,
    label: groupLabels[name] ?? name,
    displayOrder,
    archived: false,
  }));

const readDefaults: Readonly<Record<string, readonly string[]>> = {
  contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  companies: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  deals: [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ],
  tickets: [
    'content',
    'createdate',
    'hs_lastmodifieddate',
    'hs_object_id',
    'hs_pipeline',
    'hs_pipeline_stage',
    'hs_ticket_category',
    'hs_ticket_priority',
    'subject',
  ],
};

/** What a read answers when the caller names no properties. Source: FACTS §3.2. */
export const defaultReadProperties = (objectType: string): readonly string[] =>
  readDefaults[objectType] ?? ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

const searchDefaults: Readonly<Record<string, readonly string[]>> = {
  contacts: [
    'firstname',
    'lastname',
    'email',
    'phone',
    'hs_additional_emails',
    'fax',
    'mobilephone',
    'company',
    'hs_marketable_until_renewal',
  ],
  companies: ['website', 'phone', 'name', 'domain'],
  deals: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
  tickets: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_id'],
  notes: ['hs_note_body'],
  calls: ['hs_call_title', 'hs_body_preview'],
};

/** What the `query` of a search looks through. Source: FACTS §3.3. */
export const searchableByDefault = (objectType: string): readonly string[] => searchDefaults[objectType] ?? [];
