import type { RecordFind } from '@app/crm';
import type { ToolPlan } from '../compile/compile-binding.js';
import { CONTACTS } from '../grammar/known-fields.js';
import type { ReadySkill } from './ready-skill.js';
import type { SkillAnswer } from './skill-answer.js';

/** The contacts that a run showed or wrote, or wrote to: when one is erased, what is kept of the run is, too. */
export class ContactsConcerned {
  portalId?: string;
  private readonly ids = new Set<string>();

  get contactIds(): string[] {
    return [...this.ids];
  }

  add({ portalId }: Pick<ReadySkill, 'portalId'>, plan: Extract<ToolPlan, { planned: true }>): void {
    this.portalId = portalId;
    if (plan.kind === 'find') {
      for (const id of askedFor(plan.find)) this.ids.add(id);
      return;
    }
    const { write } = plan;
    if (write.action === 'update' && write.object === CONTACTS) this.ids.add(write.id);
    for (const tie of write.ties) if (tie.to === CONTACTS) this.ids.add(tie.id);
  }

  addShown({ checked }: Pick<ReadySkill, 'checked'>, answer: SkillAnswer): void {
    if (checked.object.name !== CONTACTS || !('records' in answer)) return;
    for (const { id } of answer.records) this.ids.add(id);
  }
}

/** Contacts by their ids, and whatever is tied to contacts by theirs. */
function askedFor({ object, steps }: RecordFind): string[] {
  return steps.flatMap((step) => {
    if (step.by === 'id') return object === CONTACTS ? step.ids : [];
    if (step.by === 'unique') return [];
    const ties = step.search.groups.flat().filter((filter) => 'tiedTo' in filter);
    return ties.flatMap((tie) => (tie.tiedTo !== CONTACTS ? [] : 'values' in tie ? tie.values : [tie.value]));
  });
}
