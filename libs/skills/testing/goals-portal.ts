import type { CrmObject, CrmRelationship } from '@app/crm';
import type { SchemaSnapshot } from '../src/schema/schema-snapshot.js';
import { sampleField, sampleSchema } from './sample-schema.js';

const COMMON = [sampleField('hs_object_id', 'Record ID', { type: 'number', fieldType: 'number', isReadOnly: true })];
const computedTime = { type: 'datetime', fieldType: 'date', isReadOnly: true };

/** What the sample lacks for whole bindings: stages, ties, and how HubSpot says that a deal is closed. */
const MORE: Readonly<Record<string, Partial<CrmObject>>> = {
  deals: {
    fields: [
      sampleField('hs_is_closed', 'Is Deal Closed?', { type: 'bool', isReadOnly: true }),
      sampleField('amount_in_home_currency', 'Amount in company currency', { type: 'number', isReadOnly: true }),
    ],
    pipelines: [
      {
        id: 'default',
        label: 'Sales Pipeline',
        isDefault: true,
        stages: [
          { id: 'appointmentscheduled', label: 'Appointment Scheduled', isClosed: false },
          { id: 'qualifiedtobuy', label: 'Qualified To Buy', isClosed: false },
          { id: 'presentationscheduled', label: 'Presentation Scheduled', isClosed: false },
          { id: 'decisionmakerboughtin', label: 'Decision Maker Bought-In', isClosed: false },
          { id: 'contractsent', label: 'Contract Sent', isClosed: false },
          { id: 'closedwon', label: 'Closed Won', isClosed: true },
          { id: 'closedlost', label: 'Closed Lost', isClosed: true },
        ],
      },
    ],
  },
  tickets: {
    pipelines: [
      {
        id: '0',
        label: 'Support Pipeline',
        isDefault: true,
        stages: [
          { id: '1', label: 'New', isClosed: false },
          { id: '2', label: 'Waiting on contact', isClosed: false },
          { id: '4', label: 'Closed', isClosed: true },
        ],
      },
    ],
  },
  p4711_pets: { fields: [sampleField('hs_createdate', 'Object create date', computedTime)] },
};

const SUBSCRIPTIONS: CrmObject = {
  name: 'p4711_subscriptions',
  typeId: '2-100002',
  label: 'Subscription',
  pluralLabel: 'Subscriptions',
  isCustom: true,
  capabilities: { read: true, write: true },
  missingScopes: [],
  searchableFields: [],
  requiredFields: ['contract_number'],
  requiresOneOf: [],
  pipelines: [],
  relationships: [],
  fields: [
    sampleField('contract_number', 'Contract number', { isUnique: true }),
    sampleField('plan', 'Plan', {
      options: [
        ['basic', 'Basic'],
        ['pro', 'Pro'],
        ['enterprise', 'Enterprise'],
      ],
    }),
    sampleField('status', 'Status', {
      options: [
        ['active', 'Active'],
        ['paused', 'Paused'],
        ['cancelled', 'Cancelled'],
      ],
    }),
    sampleField('renewal_date', 'Renewal date', { type: 'date', fieldType: 'date' }),
    sampleField('monthly_fee', 'Monthly fee', { type: 'number', fieldType: 'number' }),
    sampleField('hs_createdate', 'Object create date', computedTime),
  ],
};

/** The sample portal with what whole bindings need, and a second custom object. */
export function goalsPortal(): SchemaSnapshot {
  const sample = sampleSchema();
  const objects = [...sample.objects, SUBSCRIPTIONS];
  return {
    ...sample,
    version: 1,
    discoveredAt: new Date('2026-11-21T10:00:00Z'),
    objects: objects.map((object, index) => {
      const { fields = [], ...rest } = MORE[object.name] ?? {};
      const others = objects.filter((other) => other !== object);
      return {
        ...object,
        ...rest,
        relationships: others.map(({ name }, at) => tie(name, 100 * (index + 1) + at)),
        fields: [...COMMON, ...object.fields, ...fields],
      };
    }),
  };
}

function tie(to: string, typeId: number): CrmRelationship {
  return { to, typeId, category: 'HUBSPOT_DEFINED' };
}
