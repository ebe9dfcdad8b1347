import { describe, expect, it } from '@jest/globals';
import { AppError, type Database } from '@app/platform';
import { goalsPortal } from '../../testing/goals-portal.js';
import { SchemaIndex } from '../schema/search/schema-index.js';
import { DraftBinding } from './draft-binding.js';
import type { BindingDraft } from './goal-answer.js';
import { type Goal, matchGoal } from './match-goal.js';
import type { ModelGoal } from './model-goal.js';

const snapshot = goalsPortal();
const index = new SchemaIndex(snapshot);
const database = { withTenant: (_: string, work: (tx: never) => Promise<unknown>) => work({} as never) };

function drafting(model?: Pick<ModelGoal, 'draft'>): { draft: DraftBinding; warned: unknown[] } {
  const warned: unknown[] = [];
  const draft = new DraftBinding(
    database as unknown as Pick<Database, 'withTenant'>,
    { get: () => Promise.resolve({} as never) },
    { listAll: () => Promise.resolve([{ agentId: 'a1', toolName: 'list_taken' }] as never) },
    { get: () => Promise.resolve(snapshot) },
    { searchable: () => Promise.resolve({ snapshot, index }) },
    { warn: (...said: unknown[]) => warned.push(said) },
    model,
  );
  return { draft, warned };
}

function matched(text: string): BindingDraft {
  const answer = matchGoal({ text, snapshot, index, taken: new Set() });
  if (!answer.fits) throw new Error('It fits');
  return answer.draft;
}

const ask = (draft: DraftBinding, goal: string) => draft.execute('t1', { agentId: 'a1', goal });

describe('a goal', () => {
  it('is read by the rules where no model is configured', async () => {
    expect(await ask(drafting().draft, 'find deals by name')).toMatchObject({
      by: 'matcher',
      draft: { definition: { restSearch: { object: 'deals' } }, inputSchema: { required: ['deal_name'] } },
    });
  });

  it('is read by the model where there is one, and what the rules make of it is the alternative', async () => {
    const asked: [Goal, readonly string[]][] = [];
    const { draft } = drafting({
      draft: (goal, objects) => {
        asked.push([goal, objects]);
        return Promise.resolve(matched('find deals by amount'));
      },
    });
    const answer = await ask(draft, 'find deals by name');
    expect(answer).toMatchObject({
      by: 'model',
      draft: { definition: { restSearch: { where: [[{ field: 'amount' }]] } }, inputSchema: { required: ['amount'] } },
      alternatives: [{ definition: { restSearch: { where: [[{ field: 'dealname' }]] } } }],
    });
    expect(asked).toMatchObject([[{ taken: new Set(['list_taken']) }, ['deals']]]);
    const { draft: agreeing } = drafting({ draft: () => Promise.resolve(matched('find deals by name')) });
    expect((await ask(agreeing, 'find deals by name')).alternatives).toEqual([]);
  });

  it('is read by the rules when the model fails, which is logged', async () => {
    const { draft, warned } = drafting({ draft: () => Promise.reject(new Error('It answered 500')) });
    expect(await ask(draft, 'find deals by name')).toMatchObject({ by: 'matcher' });
    expect(warned).toHaveLength(1);
  });

  it('that only the model understands is no refusal', async () => {
    const { draft } = drafting({ draft: () => Promise.resolve(matched('find deals by name')) });
    expect(await ask(draft, 'what is it with the gizmos?')).toMatchObject({ by: 'model', alternatives: [] });
  });

  it('that nobody understands is refused with what is missing', async () => {
    const { draft } = drafting({ draft: () => Promise.reject(new Error('refused')) });
    const refusal = await ask(draft, 'delete a contact').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({
      code: 1002,
      details: { reason: 'no_binding_fits', errors: [{ field: 'goal', reason: 'unsupported_operation' }] },
    });
  });
});
