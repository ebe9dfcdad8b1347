/** A standard object as HubSpot documents it; what a portal decides about it (fields, pipelines) is asked for. */
export interface StandardObject {
  name: string;
  typeId: string;
  label: string;
  pluralLabel: string;
  scopes: ObjectScopes;
  /** The field that names a record. */
  primaryField: string;
  /** What a search by free text looks at when it names no field. */
  searchableFields: readonly string[];
  /** What a create can't do without. */
  requiredFields: readonly string[];
  requiresOneOf: readonly string[];
  /** Whether its records go through stages of a pipeline. */
  hasPipelines: boolean;
}

/** What reading and writing records takes, and what reading definitions alone may take instead. */
export interface ObjectScopes {
  read: string;
  write: string;
  /** Asked for beside `read` by the features; any of the three opens the definitions. */
  schema: string;
  /** Of these one for each sensitivity that HubSpot keeps apart, `.v2` or not. */
  sensitive: Readonly<Record<'sensitive' | 'highly_sensitive', string>>;
}

function scopesOf(object: string): ObjectScopes {
  const records = `crm.objects.${object}`;
  return {
    read: `${records}.read`,
    write: `${records}.write`,
    schema: `crm.schemas.${object}.read`,
    sensitive: { sensitive: `${records}.sensitive.read`, highly_sensitive: `${records}.highly_sensitive.read` },
  };
}

/** Tickets know a single scope for everything. */
const TICKET_SCOPES: ObjectScopes = {
  read: 'tickets',
  write: 'tickets',
  schema: 'tickets',
  sensitive: { sensitive: 'tickets.sensitive', highly_sensitive: 'tickets.highly_sensitive' },
};

export const CUSTOM_SCOPES = scopesOf('custom');
export const OWNERS_SCOPE = 'crm.objects.owners.read';

/**
 * Minimum fields: HubSpot's guides to the objects. Searched by default: its guide to searching the CRM. Type ids: its
 * list of object types.
 */
export const STANDARD_OBJECTS: readonly StandardObject[] = [
  {
    name: 'contacts',
    typeId: '0-1',
    label: 'Contact',
    pluralLabel: 'Contacts',
    scopes: scopesOf('contacts'),
    primaryField: 'firstname',
    searchableFields: [
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
    requiredFields: [],
    requiresOneOf: ['email', 'firstname', 'lastname'],
    hasPipelines: false,
  },
  {
    name: 'companies',
    typeId: '0-2',
    label: 'Company',
    pluralLabel: 'Companies',
    scopes: scopesOf('companies'),
    primaryField: 'name',
    searchableFields: ['website', 'phone', 'name', 'domain'],
    requiredFields: [],
    requiresOneOf: ['domain', 'name'],
    hasPipelines: false,
  },
  {
    name: 'deals',
    typeId: '0-3',
    label: 'Deal',
    pluralLabel: 'Deals',
    scopes: scopesOf('deals'),
    primaryField: 'dealname',
    searchableFields: ['dealname', 'pipeline', 'dealstage', 'description', 'dealtype'],
    requiredFields: ['dealname', 'dealstage', 'pipeline'],
    requiresOneOf: [],
    hasPipelines: true,
  },
  {
    name: 'tickets',
    typeId: '0-5',
    label: 'Ticket',
    pluralLabel: 'Tickets',
    scopes: TICKET_SCOPES,
    primaryField: 'subject',
    searchableFields: ['subject', 'content', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_id'],
    requiredFields: ['subject', 'hs_pipeline', 'hs_pipeline_stage'],
    requiresOneOf: [],
    hasPipelines: true,
  },
];

/** Email is a contact's identity whether or not its definition says so. */
export const IDENTITIES: Readonly<Record<string, readonly string[]>> = { contacts: ['email'] };

/** The fields that hold a record's pipeline and its stage. */
export function pipelineFields(object: string): { pipeline: string; stage: string } {
  return object === 'deals'
    ? { pipeline: 'pipeline', stage: 'dealstage' }
    : { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' };
}
