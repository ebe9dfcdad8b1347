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

function filterOf({ field: propertyName, ...rest }: RecordFilter): object {
  return { propertyName, ...rest };
}
