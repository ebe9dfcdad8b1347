import { describe, expect, it } from '@jest/globals';
import type { CrmObject, CrmSchemaReading } from '@app/crm';
import { sampleSchema } from '../../testing/sample-schema.js';
import { compareSchemas } from './compare-schemas.js';
import { fingerprintOf, normaliseReading } from './normalise-reading.js';

const NOTHING = { objects: { added: [], gone: [], changed: [] }, fields: { added: [], gone: [], changed: [] } };

function change(name: string, edit: (object: CrmObject) => CrmObject | undefined): CrmSchemaReading {
  const schema = sampleSchema();
  return {
    ...schema,
    objects: schema.objects.flatMap((object) => (object.name === name ? (edit(object) ?? []) : object)),
  };
}

function fingerprint(reading: CrmSchemaReading): string {
  return fingerprintOf(normaliseReading(reading));
}

describe('what changed', () => {
  it('is nothing between the same, in whatever order the members of a thing stand', () => {
    expect(compareSchemas(sampleSchema(), sampleSchema())).toEqual(NOTHING);
    const turned = change('deals', (deals) => ({
      ...deals,
      pipelines: deals.pipelines.map(({ id, label, isDefault, stages }) => ({ stages, isDefault, label, id })),
    }));
    expect(compareSchemas(sampleSchema(), turned)).toEqual(NOTHING);
  });

  it('names objects that came and went, and not each of their fields', () => {
    const without = change('tickets', () => undefined);
    expect(compareSchemas(sampleSchema(), without)).toEqual({
      ...NOTHING,
      objects: { added: [], gone: ['tickets'], changed: [] },
    });
    expect(compareSchemas(without, sampleSchema()).objects.added).toEqual(['tickets']);
  });

  it('knows an object that has another name by its type', () => {
    const renamed = change('p4711_pets', (pets) => ({ ...pets, name: 'p4711_animals', fields: pets.fields.slice(1) }));
    expect(compareSchemas(sampleSchema(), renamed)).toEqual({
      objects: { added: [], gone: [], changed: [{ object: 'p4711_animals', what: ['name'] }] },
      fields: { ...NOTHING.fields, gone: [{ object: 'p4711_animals', field: 'nickname' }] },
    });
  });

  it.each([
    ['capabilities', { capabilities: { read: true, write: false } }],
    ['requiredFields', { requiredFields: ['dealname'] }],
    ['pipelines', { pipelines: [] }],
    ['relationships', { relationships: [{ to: 'contacts', typeId: 3, category: 'HUBSPOT_DEFINED' }] }],
    ['label', { label: 'Opportunity' }],
  ] as const)('of an object is told by aspect: %s', (aspect, edit) => {
    const changed = change('deals', (deals) => ({ ...deals, ...edit }) as CrmObject);
    expect(compareSchemas(sampleSchema(), changed).objects.changed).toEqual([{ object: 'deals', what: [aspect] }]);
  });

  it.each([
    ['type', { type: 'string' }],
    ['options', { options: [] }],
    ['isReadOnly', { isReadOnly: true }],
    ['isUnique', { isUnique: true }],
    ['sensitivity', { sensitivity: 'sensitive' }],
  ] as const)('of a field is told by aspect: %s', (aspect, edit) => {
    const changed = change('deals', (deals) => ({
      ...deals,
      fields: deals.fields.map((field) =>
        field.name === 'dealtype' ? { ...field, ...edit } : field,
      ) as CrmObject['fields'],
    }));
    expect(compareSchemas(sampleSchema(), changed).fields.changed).toEqual([
      { object: 'deals', field: 'dealtype', what: [aspect] },
    ]);
  });
});

describe('a fingerprint', () => {
  it('is the same whatever order the CRM answers in', () => {
    const turned = sampleSchema();
    turned.objects.reverse();
    for (const object of turned.objects) object.fields.reverse();
    expect(fingerprint(turned)).toBe(fingerprint(sampleSchema()));
  });

  it.each([
    ['an owner', { owners: [] }],
    ['a scope', { withheld: [{ name: 'tickets', label: 'Tickets', missingScopes: ['tickets'] }] }],
    ['the portal', { portalId: '1' }],
  ])('is another one with %s', (_, edit) => {
    expect(fingerprint({ ...sampleSchema(), ...edit })).not.toBe(fingerprint(sampleSchema()));
  });

  it('is another one when options stand in another order', () => {
    const turned = change('deals', (deals) => ({
      ...deals,
      fields: deals.fields.map((field) => ({ ...field, options: field.options.toReversed() })),
    }));
    expect(fingerprint(turned)).not.toBe(fingerprint(sampleSchema()));
  });
});
