import { describe, expect, it } from '@jest/globals';
import {
  associationTypes,
  associationTypesBetween,
  customProperty,
  defaultAssociationType,
  defaultPipelines,
  defaultReadProperties,
  objectTypes,
  propertiesOf,
  propertyGroupsOf,
  resolveObjectType,
  searchableByDefault,
} from './index.js';

const types = objectTypes.map(({ plural }) => plural).filter((type) => type !== 'leads');

describe('propertiesOf', () => {
  it.each(types)('defines %s completely: unique names, known groups, readable and searchable defaults', (type) => {
    const properties = propertiesOf(type);
    const names = properties.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([...defaultReadProperties(type), 'hs_object_id', 'hubspot_owner_id']));
    expect(names).toEqual(expect.arrayContaining([...searchableByDefault(type)]));
    expect(new Set(propertyGroupsOf(type).map(({ name }) => name))).toEqual(
      new Set(properties.map(({ groupName }) => groupName)),
    );
    const { createdProperty, modifiedProperty } = resolveObjectType(type) ?? {};
    expect(names).toEqual(expect.arrayContaining([createdProperty, modifiedProperty]));
  });

  it('has a broad set of contact properties, read-only where HubSpot computes them', () => {
    const contact = new Map(propertiesOf('contacts').map((property) => [property.name, property]));
    expect(contact.size).toBeGreaterThanOrEqual(100);
    const isReadOnly = (name: string): boolean | undefined => contact.get(name)?.modificationMetadata.readOnlyValue;
    for (const name of [
      'createdate',
      'lastmodifieddate',
      'hs_object_id',
      'num_notes',
      'notes_last_updated',
      'hs_merged_object_ids',
      'hs_calculated_phone_number',
      'hs_searchable_calculated_international_mobile_number',
      'hs_lifecyclestage_lead_date',
      'hs_email_domain',
      'hs_unique_creation_key',
    ]) {
      expect([name, isReadOnly(name)]).toEqual([name, true]);
    }
    for (const name of [
      'email',
      'phone',
      'mobilephone',
      'lifecyclestage',
      'hs_lead_status',
      'hs_additional_emails',
      'jobtitle',
      'company',
      'address',
      'hubspot_owner_id',
    ]) {
      expect([name, isReadOnly(name)]).toEqual([name, false]);
    }
    expect(contact.get('email')?.hasUniqueValue).toBe(true);
    expect(contact.get('lifecyclestage')?.options.map(({ value }) => value)).toEqual([
      'subscriber',
      'lead',
      'marketingqualifiedlead',
      'salesqualifiedlead',
      'opportunity',
      'customer',
      'evangelist',
      'other',
    ]);
    expect(contact.get('hs_lead_status')?.options.map(({ value }) => value)).toEqual([
      'NEW',
      'OPEN',
      'IN_PROGRESS',
      'OPEN_DEAL',
      'UNQUALIFIED',
      'ATTEMPTED_TO_CONTACT',
      'CONNECTED',
      'BAD_TIMING',
    ]);
  });

  it('marks every calculated property read-only, and every enumeration without own options external or closed', () => {
    const all = types.flatMap((type) => propertiesOf(type));
    const writable = all.filter(({ modificationMetadata }) => !modificationMetadata.readOnlyValue);
    expect(writable.filter(({ calculated }) => calculated)).toEqual([]);
    const open = all.filter(
      ({ type, options, externalOptions }) => type === 'enumeration' && options.length === 0 && !externalOptions,
    );
    expect(open).toEqual([]);
  });

  it('knows nothing of an unknown type', () => {
    expect(propertiesOf('spaceships')).toEqual([]);
    expect(defaultReadProperties('spaceships')).toEqual(['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']);
    expect(resolveObjectType('spaceships')).toBeUndefined();
  });
});

describe('associationTypes', () => {
  // FACTS §4.1, both directions.
  it.each([
    ['notes', 'contacts', 202, 201],
    ['notes', 'companies', 190, 189],
    ['notes', 'deals', 214, 213],
    ['notes', 'tickets', 228, 227],
    ['calls', 'contacts', 194, 193],
    ['calls', 'companies', 182, 181],
    ['calls', 'deals', 206, 205],
    ['calls', 'tickets', 220, 219],
    ['communications', 'contacts', 81, 82],
    ['communications', 'companies', 87, 88],
    ['communications', 'deals', 85, 86],
    ['communications', 'tickets', 83, 84],
    ['emails', 'contacts', 198, 197],
    ['meetings', 'contacts', 200, 199],
    ['tasks', 'contacts', 204, 203],
    ['contacts', 'companies', 279, 280],
    ['contacts', 'deals', 4, 3],
    ['contacts', 'tickets', 15, 16],
    ['deals', 'companies', 341, 342],
    ['tickets', 'companies', 339, 340],
    ['deals', 'tickets', 27, 28],
    ['contacts', 'contacts', 449, 449],
    ['companies', 'companies', 450, 450],
  ])('links %s to %s by default with %d, and back with %d', (from, to, typeId, inverseTypeId) => {
    expect(defaultAssociationType(from, to)).toMatchObject({
      typeId,
      inverseTypeId,
      category: 'HUBSPOT_DEFINED',
      label: null,
    });
    expect(defaultAssociationType(to, from)).toMatchObject({ typeId: inverseTypeId, inverseTypeId: typeId });
  });

  it('keeps the labelled types beside the default one', () => {
    expect(associationTypesBetween('contacts', 'companies').map(({ typeId, label }) => [typeId, label])).toEqual([
      [279, null],
      [1, 'Primary'],
    ]);
    expect(associationTypesBetween('companies', 'companies').map(({ typeId }) => typeId)).toEqual([450, 13, 14]);
    expect(associationTypesBetween('notes', 'calls')).toEqual([]);
  });

  it('gives every id to one direction, and every direction its inverse', () => {
    expect(new Set(associationTypes.map(({ typeId }) => typeId)).size).toBe(associationTypes.length);
    for (const { from, to, typeId, inverseTypeId } of associationTypes) {
      expect(associationTypesBetween(to, from)).toContainEqual(
        expect.objectContaining({ typeId: inverseTypeId, inverseTypeId: typeId }),
      );
    }
  });
});

describe('resolveObjectType', () => {
  it.each([
    ['contacts', '0-1'],
    ['CONTACT', '0-1'],
    ['0-1', '0-1'],
    ['companies', '0-2'],
    ['company', '0-2'],
    ['0-18', '0-18'],
    ['note', '0-46'],
    ['Calls', '0-48'],
  ])('knows %s as %s', (name, objectTypeId) => {
    expect(resolveObjectType(name)?.objectTypeId).toBe(objectTypeId);
  });
});

describe('defaultPipelines', () => {
  it('has the stages of deals, tickets and the contact lifecycle', () => {
    expect(defaultPipelines('deals')[0]?.stages.map(({ id, metadata }) => [id, metadata['probability']])).toEqual([
      ['appointmentscheduled', '0.2'],
      ['qualifiedtobuy', '0.4'],
      ['presentationscheduled', '0.6'],
      ['decisionmakerboughtin', '0.8'],
      ['contractsent', '0.9'],
      ['closedwon', '1.0'],
      ['closedlost', '0.0'],
    ]);
    expect(
      defaultPipelines('tickets')[0]?.stages.map(({ id, label, metadata }) => [id, label, metadata['ticketState']]),
    ).toEqual([
      ['1', 'New', 'OPEN'],
      ['2', 'Waiting on contact', 'OPEN'],
      ['3', 'Waiting on us', 'OPEN'],
      ['4', 'Closed', 'CLOSED'],
    ]);
    expect(defaultPipelines('contacts')[0]?.id).toBe('contacts-lifecycle-pipeline');
    expect(defaultPipelines('notes')).toEqual([]);
  });
});

describe('customProperty', () => {
  const input = {
    name: 'threadline_key',
    label: 'Key',
    type: 'string',
    fieldType: 'text',
    groupName: 'notesinformation',
  } as const;

  it('fills in what the caller left out', () => {
    expect(customProperty({ ...input, hasUniqueValue: true }, '2026-01-02T03:04:05.678Z')).toMatchObject({
      ...input,
      description: '',
      options: [],
      hasUniqueValue: true,
      calculated: false,
      archived: false,
      hubspotDefined: false,
      displayOrder: -1,
      createdAt: '2026-01-02T03:04:05.678Z',
      updatedAt: '2026-01-02T03:04:05.678Z',
      modificationMetadata: { archivable: true, readOnlyDefinition: false, readOnlyValue: false },
    });
  });

  it('numbers options and makes calculations read-only', () => {
    const options = [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B', hidden: true },
    ];
    expect(
      customProperty({ ...input, type: 'enumeration', fieldType: 'select', options }, '2026-01-02T03:04:05.678Z')
        .options,
    ).toEqual([
      { value: 'a', label: 'A', description: '', displayOrder: 0, hidden: false },
      { value: 'b', label: 'B', description: '', displayOrder: 1, hidden: true },
    ]);
    const sum = customProperty(
      { ...input, type: 'number', fieldType: 'calculation_equation', calculationFormula: 'a + b' },
      '2026-01-02T03:04:05.678Z',
    );
    expect([sum.calculated, sum.modificationMetadata.readOnlyValue, sum.calculationFormula]).toEqual([
      true,
      true,
      'a + b',
    ]);
  });
});
