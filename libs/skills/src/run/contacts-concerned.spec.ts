import { describe, expect, it } from '@jest/globals';
import type { RecordFilter, RecordWrite } from '@app/crm';
import { ContactsConcerned } from './contacts-concerned.js';

const skill = { portalId: '1' };
const tie = (to: string, id: string) => ({ to, id, typeId: 1, category: 'HUBSPOT_DEFINED' });

function concernedBy(write: RecordWrite): string[] {
  const concerned = new ContactsConcerned();
  concerned.add(skill, { planned: true, kind: 'write', write });
  return concerned.contactIds;
}

describe('ContactsConcerned', () => {
  it('knows whom a write changes or ties, and nobody else', () => {
    const ties = [tie('contacts', '7'), tie('companies', '8'), tie('contacts', '7')];
    expect(concernedBy({ action: 'create', object: 'tickets', values: {}, ties })).toEqual(['7']);
    expect(concernedBy({ action: 'update', object: 'contacts', id: '5', values: {}, ties: [] })).toEqual(['5']);
    expect(concernedBy({ action: 'update', object: 'deals', id: '5', values: {}, ties: [] })).toEqual([]);
  });

  it('knows who was asked for by id', () => {
    const concerned = new ContactsConcerned();
    const find = {
      object: 'contacts',
      fields: [],
      steps: [{ by: 'id' as const, ids: ['3'] }],
      limit: 1,
      paging: false,
    };
    concerned.add(skill, { planned: true, kind: 'find', find });
    concerned.add(skill, { planned: true, kind: 'find', find: { ...find, object: 'deals', steps: [] } });
    expect([concerned.portalId, concerned.contactIds]).toEqual(['1', ['3']]);
  });

  it('knows whose records were asked for', () => {
    const concerned = new ContactsConcerned();
    const groups: RecordFilter[][] = [
      [
        { tiedTo: 'contacts', operator: 'EQ', value: '3' },
        { tiedTo: 'companies', operator: 'EQ', value: '4' },
      ],
      [
        { tiedTo: 'contacts', operator: 'IN', values: ['5', '6'] },
        { field: 'subject', operator: 'EQ', value: '8' },
      ],
    ];
    const step = { by: 'search' as const, search: { object: 'tickets', groups, fields: [], limit: 1 } };
    const find = { object: 'tickets', fields: [], steps: [step], limit: 1, paging: false };
    concerned.add(skill, { planned: true, kind: 'find', find });
    expect(concerned.contactIds).toEqual(['3', '5', '6']);
  });
});
