import type { CrmField, CrmObject } from '@app/crm';
import type { BindingFilter, RestSearch } from './binding.js';
import type { Checking } from './checking.js';
import { createdField, SEARCHABLE_TIES, tieField, tieIn } from './known-fields.js';
import { legalOperators } from './legal-operators.js';

/** What can be said of a search without knowing its longest arguments. */
export function checkSearch(checking: Checking, search: RestSearch, object: CrmObject): void {
  const { problems } = checking;
  search.where.forEach((group, at) =>
    group.forEach((filter, index) =>
      checkFilter(checking, object, { filter, path: `restSearch.where[${at}][${index}]` }),
    ),
  );
  search.select.forEach((name, index) => {
    const path = `restSearch.select[${index}]`;
    if (search.select.indexOf(name) < index) problems.add(path, 'duplicate_field', 'is selected already');
    checking.field(path, object, { name, purpose: 'select' });
  });
  const sorted =
    search.sort && checking.field('restSearch.sort.field', object, { name: search.sort.field, purpose: 'sort' });
  if (search.take === 'latest') checkLatest(checking, object, { search, sorted });
}

function checkFilter(
  checking: Checking,
  object: CrmObject,
  { filter, path }: { filter: BindingFilter; path: string },
): void {
  const { operator } = filter;
  const to = tieIn(filter.field);
  if (to !== undefined) {
    checkTie(checking, object, { filter, to, path });
    return;
  }
  const field = checking.field(`${path}.field`, object, { name: filter.field, purpose: 'filter' });
  if (field === undefined) return;
  const legal = legalOperators(field);
  if (!legal.includes(operator)) {
    checking.problems.add(
      `${path}.operator`,
      'illegal_operator',
      `can't be asked of a ${field.type}: ${legal.join(', ')} can`,
    );
    return;
  }
  if ('values' in filter) {
    filter.values.forEach((value, index) =>
      checking.operand(`${path}.values[${index}]`, value, { object, field, role: { as: 'listed', operator } }),
    );
  } else if ('value' in filter) {
    checking.operand(`${path}.value`, filter.value, { object, field, role: { as: 'filter', operator } });
    if ('highValue' in filter)
      checking.operand(`${path}.highValue`, filter.highValue, { object, field, role: { as: 'filter', operator } });
  }
}

/** Whether it is tied to a record, in whatever way. */
function checkTie(
  checking: Checking,
  object: CrmObject,
  { filter, to, path }: { filter: BindingFilter; to: string; path: string },
): void {
  const { problems } = checking;
  const unknown = (message: string): void => problems.add(`${path}.field`, 'unknown_relationship', message);
  if (object.isCustom) {
    unknown('can’t be asked for: HubSpot’s search doesn’t know the ties of custom objects');
    return;
  }
  if (!SEARCHABLE_TIES.includes(to)) {
    unknown(`can’t be asked for, but ${SEARCHABLE_TIES.map(tieField).join(', ')} can`);
    return;
  }
  const other = checking.object(`${path}.field`, to, 'read');
  if (other === undefined) return;
  if (!object.relationships.some((way) => way.to === other.name || way.to === other.typeId)) {
    unknown(`can’t be asked for: ${object.name} are not tied to ${to}`);
    return;
  }
  if (filter.operator === 'EQ') checking.record(`${path}.value`, filter.value, other);
  else if (filter.operator === 'IN')
    filter.values.forEach((value, index) => checking.record(`${path}.values[${index}]`, value, other));
  else problems.add(`${path}.operator`, 'illegal_operator', 'can’t be asked of a tie: EQ, IN can');
}

/** The newest is the last by a time. */
function checkLatest(
  { problems }: Checking,
  object: CrmObject,
  { search: { sort }, sorted }: { search: RestSearch; sorted?: CrmField },
): void {
  if (sort === undefined && createdField(object) === undefined)
    problems.add('restSearch.take', 'unknown_field', `needs a sort: ${object.name} have no time of creation`);
  if (sorted !== undefined && sorted.type !== 'date' && sorted.type !== 'datetime')
    problems.add('restSearch.sort.field', 'wrong_value', 'must be a time, for the latest is asked for');
  if (sort?.direction === 'ascending')
    problems.add('restSearch.sort.direction', 'wrong_value', 'must be descending, for the latest is asked for');
}
