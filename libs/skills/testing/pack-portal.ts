import type { CrmObject } from '@app/crm';
import type { SchemaSnapshot } from '../src/schema/schema-snapshot.js';
import { aField, anObject, anOption, aTie, exampleSnapshot } from './example-snapshot.js';

/** Tickets as every portal has them, with the pipeline of a new one. */
export const tickets: CrmObject = anObject('tickets', {
  typeId: '0-5',
  requiredFields: ['hs_pipeline', 'hs_pipeline_stage', 'subject'],
  relationships: [aTie('contacts', 16), aTie('companies', 339)],
  pipelines: [
    {
      id: '7',
      label: 'Complaints',
      isDefault: false,
      stages: [
        { id: '71', label: 'Heard', isClosed: false },
        { id: '72', label: 'Mended', isClosed: true },
      ],
    },
    {
      id: '0',
      label: 'Support',
      isDefault: true,
      stages: [
        { id: '9', label: 'Spam', isClosed: true },
        { id: '1', label: 'New', isClosed: false },
        { id: '4', label: 'Closed', isClosed: true },
      ],
    },
  ],
  fields: [
    aField('subject'),
    aField('content', { fieldType: 'textarea' }),
    aField('hs_pipeline', { type: 'enumeration', fieldType: 'select' }),
    aField('hs_pipeline_stage', { type: 'enumeration', fieldType: 'select' }),
    aField('hs_ticket_priority', {
      type: 'enumeration',
      fieldType: 'select',
      options: [anOption('LOW', 'Low'), anOption('HIGH', 'High')],
    }),
    aField('createdate', { type: 'datetime', fieldType: 'date', isReadOnly: true }),
  ],
});

/** A portal that can have the whole pack. */
export function packPortal(change: Partial<SchemaSnapshot> = {}): SchemaSnapshot {
  const { objects, ...rest } = exampleSnapshot();
  return { ...rest, objects: [...objects, tickets], withheld: [], ...change };
}

/** The same with one object another. */
export function packPortalWith(name: string, change: (object: CrmObject) => CrmObject): SchemaSnapshot {
  const portal = packPortal();
  return { ...portal, objects: portal.objects.map((object) => (object.name === name ? change(object) : object)) };
}
