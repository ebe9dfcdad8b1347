import type { CrmObject } from '@app/crm';
import { SEARCHABLE_TIES } from '../grammar/known-fields.js';
import type { GoalItem } from './goal-items.js';
import type { Head } from './read-goal.js';

interface SearchTie {
  object: CrmObject;
  said: string;
}

/** `the tickets of the contact`, `the contact’s tickets`: whose records are looked for, and what of that no search can ask for. */
export function searchTies(head: Head, items: readonly GoalItem[]): { asked: SearchTie[]; beyond?: SearchTie } {
  const said = items.flatMap((item): (SearchTie & { can: boolean })[] => {
    if (item.kind === 'tie' && item.object !== head.object) {
      // Several of them, or any at all, are no record that was found before: `contacts with a deal`.
      const can = !item.plural && item.by !== 'with' && canAsk(head.object, item.object);
      return [{ object: item.object, said: `${item.by} ${item.said}`, can }];
    }
    const isOwner = item.kind === 'object' && item.at < head.at && /['’]s$/i.test(item.said);
    if (!isOwner || item.object === head.object || !canAsk(head.object, item.object)) return [];
    return [{ object: item.object, said: item.said, can: true }];
  });
  const asked = said.filter(
    ({ can, object }, at) => can && said.findIndex((other) => other.can && other.object === object) === at,
  );
  return { asked, beyond: said.find(({ can }) => !can) };
}

function canAsk(object: CrmObject, to: CrmObject): boolean {
  return (
    !object.isCustom &&
    to.capabilities.read &&
    SEARCHABLE_TIES.includes(to.name) &&
    object.relationships.some((way) => way.to === to.name || way.to === to.typeId)
  );
}
