import type { CrmField, CrmObject } from '@app/crm';
import type { BindingFilter, RestSearch } from './binding.js';
import type { Checking } from './checking.js';
import { createdField } from './known-fields.js';
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
  const field = checking.field(`${path}.field`, object, { name: filter.field, purpose: 'filter' });
  if (field === undefined) return;
  const { operator } = filter;
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
