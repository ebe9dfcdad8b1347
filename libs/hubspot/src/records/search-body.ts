import type { RecordFilter, RecordSearch } from '@app/crm';

/** A search of records in HubSpot's words. `after` is a required offset in the 2026-09 specification. */
export function searchBodyOf({ groups, fields, sort, limit, after = '0' }: RecordSearch): object {
  return {
    filterGroups: groups.map((group) => ({ filters: group.map(filterOf) })),
    ...(sort === undefined ? {} : { sorts: [sort.direction === 'descending' ? `-${sort.field}` : sort.field] }),
    properties: fields,
    limit,
    after,
  };
}

/** Ties are asked for by a property that no record has, named after one record. Source: HubSpot's guide to searching the CRM. */
const TIES: Readonly<Record<string, string>> = {
  contacts: 'associations.contact',
  companies: 'associations.company',
  deals: 'associations.deal',
  tickets: 'associations.ticket',
};

function filterOf(filter: RecordFilter): object {
  if ('field' in filter) {
    const { field: propertyName, ...rest } = filter;
    return { propertyName, ...rest };
  }
  const { tiedTo, ...rest } = filter;
  const propertyName = TIES[tiedTo];
  if (propertyName === undefined) throw new TypeError(`A search can't ask for ties to ${tiedTo}`);
  return { propertyName, ...rest };
}
