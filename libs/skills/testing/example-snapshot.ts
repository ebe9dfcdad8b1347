import type { CrmField, CrmObject, CrmOption, CrmRelationship } from '@app/crm';
import type { SchemaSnapshot } from '../src/schema/schema-snapshot.js';

/** A field as a portal has most of them; say what is different. */
export function aField(name: string, traits: Partial<CrmField> = {}): CrmField {
  return {
    name,
    label: name,
    type: 'string',
    fieldType: 'text',
    options: [],
    optionsFromElsewhere: false,
    isUnique: false,
    isReadOnly: false,
    isHidden: false,
    sensitivity: 'none',
    ...traits,
  };
}

export function anOption(value: string, label = value, isHidden = false): CrmOption {
  return { value, label, isHidden };
}

export function aTie(to: string, typeId: number, label?: string): CrmRelationship {
  return { to, typeId, category: label === undefined ? 'HUBSPOT_DEFINED' : 'USER_DEFINED', label };
}

export function anObject(name: string, traits: Partial<CrmObject> = {}): CrmObject {
  return {
    name,
    typeId: name,
    label: name,
    pluralLabel: name,
    isCustom: false,
    capabilities: { read: true, write: true },
    missingScopes: [],
    searchableFields: [],
    requiredFields: [],
    requiresOneOf: [],
    pipelines: [],
    relationships: [],
    ...traits,
    fields: [...COMMON, ...(traits.fields ?? [])],
  };
}

const readOnly = (name: string, type: string): CrmField => aField(name, { type, isReadOnly: true });

const COMMON = [
  readOnly('hs_object_id', 'number'),
  aField('hubspot_owner_id', { type: 'enumeration', fieldType: 'select', optionsFromElsewhere: true }),
];

const contacts = anObject('contacts', {
  typeId: '0-1',
  requiresOneOf: ['email', 'firstname', 'lastname'],
  relationships: [aTie('companies', 279), aTie('deals', 4), aTie('tickets', 15)],
  fields: [
    aField('email', { isUnique: true }),
    aField('firstname'),
    aField('lastname'),
    aField('phone', { type: 'phone_number', fieldType: 'phonenumber' }),
    aField('mobilephone', { type: 'phone_number', fieldType: 'phonenumber' }),
    aField('hs_additional_emails'),
    readOnly('hs_searchable_calculated_phone_number', 'string'),
    readOnly('hs_searchable_calculated_mobile_number', 'string'),
    aField('lifecyclestage', {
      type: 'enumeration',
      fieldType: 'radio',
      options: [anOption('lead', 'Lead'), anOption('customer', 'Customer'), anOption('ghost', 'Ghost', true)],
    }),
    aField('interests', {
      type: 'enumeration',
      fieldType: 'checkbox',
      options: [anOption('a'), anOption('b'), anOption('c')],
    }),
    aField('birthday', { type: 'date', fieldType: 'date' }),
    aField('seen_at', { type: 'datetime', fieldType: 'date' }),
    aField('score', { type: 'number', fieldType: 'number' }),
    aField('vip', { type: 'bool', fieldType: 'booleancheckbox' }),
    aField('customer_no', { isUnique: true }),
    aField('associatedcompanyid', { type: 'number', fieldType: 'number' }),
    aField('diagnosis', { sensitivity: 'highly_sensitive' }),
    aField('place', { type: 'object_coordinates' }),
    readOnly('createdate', 'datetime'),
  ],
});

const companies = anObject('companies', {
  typeId: '0-2',
  requiresOneOf: ['name', 'domain'],
  relationships: [aTie('contacts', 280)],
  fields: [aField('name'), aField('domain'), readOnly('createdate', 'datetime')],
});

const deals = anObject('deals', {
  typeId: '0-3',
  requiredFields: ['dealname', 'pipeline', 'dealstage'],
  relationships: [aTie('contacts', 3), aTie('companies', 341), aTie('contacts', 1001, 'decision maker')],
  pipelines: [
    {
      id: 'default',
      label: 'Sales',
      isDefault: true,
      stages: [
        { id: 'new', label: 'New', isClosed: false },
        { id: 'won', label: 'Won', isClosed: true },
      ],
    },
    {
      id: 'partners',
      label: 'Partners',
      isDefault: false,
      stages: [{ id: 'signed', label: 'Signed', isClosed: true }],
    },
  ],
  fields: [
    aField('dealname'),
    aField('amount', { type: 'number', fieldType: 'number' }),
    aField('pipeline', { type: 'enumeration', fieldType: 'select' }),
    aField('dealstage', { type: 'enumeration', fieldType: 'radio' }),
    aField('closedate', { type: 'datetime', fieldType: 'date' }),
    readOnly('createdate', 'datetime'),
  ],
});

const pets = anObject('p4711_pets', {
  typeId: '2-100001',
  isCustom: true,
  requiredFields: ['name'],
  fields: [
    aField('name'),
    aField('chip', { isUnique: true }),
    aField('vet_phone', { type: 'phone_number', fieldType: 'phonenumber' }),
    readOnly('hs_createdate', 'datetime'),
  ],
});

/** A portal with contacts, companies, deals and a custom object; tickets withheld for want of a scope. */
export function exampleSnapshot(change: Partial<SchemaSnapshot> = {}): SchemaSnapshot {
  return {
    portalId: '4711',
    version: 1,
    discoveredAt: new Date('2026-11-21T10:00:00Z'),
    objects: [
      contacts,
      companies,
      deals,
      pets,
      anObject('orders', { capabilities: { read: true, write: false }, missingScopes: ['crm.objects.orders.write'] }),
    ],
    owners: [{ id: '7', email: 'Ada@Example.com', name: 'Ada' }],
    withheld: [{ name: 'tickets', label: 'Tickets', missingScopes: ['tickets'] }],
    ...change,
  };
}
