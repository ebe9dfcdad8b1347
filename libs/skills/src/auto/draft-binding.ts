import { isDeepStrictEqual } from 'node:util';
import { AppError, type Database, type Logger } from '@app/platform';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import type { BindingRepository } from '../bindings/binding.repository.js';
import type { KnownSchema } from '../bindings/known-schema.js';
import { compileBinding } from '../compile/compile-binding.js';
import type { InputSchema } from '../compile/input-schema.js';
import type { CurrentSchema } from '../schema/current-schema.js';
import type { BindingDraft, GoalAnswer } from './goal-answer.js';
import { bodyOf, type Goal, matchGoal } from './match-goal.js';
import type { ModelGoal } from './model-goal.js';

export interface DraftOfGoal {
  /** Who read the goal. */
  by: 'matcher' | 'model';
  draft: Pick<BindingDraft, 'definition' | 'reasons'> & { inputSchema: InputSchema };
  /** Other bindings that the goal could mean, each as good to save. */
  alternatives: (Pick<BindingDraft, 'definition' | 'reasons'> & { message: string })[];
  /** Words of the goal that nothing was made of. */
  ignored: string[];
}

/** Makes a binding of a goal in plain words. It is neither saved nor enabled: that is for whoever reads it. */
export class DraftBinding {
  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    private readonly agents: Pick<AiAgentRepository, 'get'>,
    private readonly bindings: Pick<BindingRepository, 'listAll'>,
    private readonly known: Pick<KnownSchema, 'get'>,
    private readonly schema: Pick<CurrentSchema, 'searchable'>,
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly model?: Pick<ModelGoal, 'draft'>,
  ) {}

  /** @throws AppError 2011 unknown AI agent; 1012 `not_connected`, `not_discovered`; 1002 `no_binding_fits`. */
  async execute(tenantId: string, { agentId, goal }: { agentId: string; goal: string }): Promise<DraftOfGoal> {
    const taken = await this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, agentId);
      const all = await this.bindings.listAll(tx, tenantId);
      return new Set(all.filter((binding) => binding.agentId === agentId).map(({ toolName }) => toolName));
    });
    await this.known.get(tenantId);
    const searchable = await this.schema.searchable(tenantId);
    if (searchable === undefined)
      throw new AppError(1012, 'What HubSpot holds is not known yet: discover it first', { reason: 'not_discovered' });
    const asked = { text: goal, ...searchable, taken };
    const matched = matchGoal(asked);
    const written = await this.askModel(tenantId, asked, matched);
    if (written !== undefined) return { by: 'model', ...answerWith(written, others(written, matched)), ignored: [] };
    if (!matched.fits) throw refuseGoal(matched);
    return { by: 'matcher', ...answerWith(matched.draft, matched.alternatives), ignored: matched.ignored };
  }

  /** A model that is down, slow or wrong costs its patience and nothing else. */
  private async askModel(tenantId: string, goal: Goal, matched: GoalAnswer): Promise<BindingDraft | undefined> {
    if (this.model === undefined) return undefined;
    const objects = matched.fits
      ? [matched.draft, ...matched.alternatives].map(({ checked }) => checked.object.name)
      : [];
    try {
      return await this.model.draft(goal, objects);
    } catch (error) {
      this.logger.warn({ tenantId, err: error }, 'The model made no binding of a goal: it is matched by rules');
      return undefined;
    }
  }
}

function answerWith(
  draft: BindingDraft,
  alternatives: DraftOfGoal['alternatives'],
): Pick<DraftOfGoal, 'draft' | 'alternatives'> {
  return { draft: { ...draft, inputSchema: compileBinding(draft.checked).inputSchema }, alternatives };
}

/** What the rules made of the same goal, where that is something else. */
function others({ definition }: BindingDraft, matched: GoalAnswer): DraftOfGoal['alternatives'] {
  if (!matched.fits || isDeepStrictEqual(bodyOf(definition), bodyOf(matched.draft.definition))) return [];
  return [{ ...matched.draft, message: 'as the rules read it, without the model' }];
}

/** With what was understood, and what is missing to make a binding of it. */
function refuseGoal({ understood, missing, ignored }: Extract<GoalAnswer, { fits: false }>): AppError {
  const [first] = missing;
  const detail = `No binding could be made of the goal: ${first?.message ?? 'nothing in it fits this portal'}`;
  return new AppError(1002, detail, {
    reason: 'no_binding_fits',
    errors: missing.map(({ reason, message }) => ({ field: 'goal', message, reason })),
    extra: { understood, ignored },
  });
}
