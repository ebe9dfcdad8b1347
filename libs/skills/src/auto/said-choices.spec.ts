import { describe, expect, it } from '@jest/globals';
import { goalsPortal } from '../../testing/goals-portal.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { SchemaIndex } from '../schema/search/schema-index.js';
import { matchGoal } from './match-goal.js';

const portal = goalsPortal();

function match(text: string, snapshot: SchemaSnapshot = portal) {
  return matchGoal({ text, snapshot, index: new SchemaIndex(snapshot), taken: new Set() });
}

/** What a goal sets: a constant, or `?` and what may be sent where that is less than anything. Else why it is refused. */
function written(text: string, snapshot?: SchemaSnapshot): unknown {
  const answer = match(text, snapshot);
  if (!answer.fits) return answer.missing[0]?.reason;
  const { definition } = answer.draft;
  if (definition.operation === 'restSearch') return definition.restSearch.where;
  const { inputs, restWrite } = definition;
  return Object.fromEntries(
    restWrite.set.map(({ field, value }) => {
      if ('constant' in value) return [field, value.constant];
      const options = inputs.find(({ name }) => name === value.input)?.options;
      return [field, options === undefined ? '?' : `? ${options.join(' ')}`];
    }),
  );
}

describe('a write', () => {
  it('sets no option that it is not to have', () => {
    expect(written('create a ticket that is not high priority')).toMatchObject({
      hs_ticket_priority: '? LOW URGENT',
    });
    expect(written('set the priority of a ticket, but not to low or urgent')).toEqual({
      hs_ticket_priority: '? HIGH',
    });
    expect(written('create a ticket with high priority, not urgent')).toMatchObject({ hs_ticket_priority: 'HIGH' });
  });

  it('lets the AI agent choose where the goal leaves a choice', () => {
    expect(written('set the priority of a ticket to high or urgent')).toEqual({ hs_ticket_priority: '? HIGH URGENT' });
    expect(written('create a ticket with low, urgent or high priority')).toMatchObject({
      hs_ticket_priority: '? LOW URGENT HIGH',
    });
  });

  it('leaves out a field that it is not to set', () => {
    expect(written('create a contact with first name and phone but without email')).toEqual({
      firstname: '?',
      phone: '?',
    });
    expect(written('create a contact with first name, without email or phone')).toEqual({ firstname: '?' });
    expect(written('update a contact but not the email')).toBe('field_to_change');
  });
});

describe('a verb after a negation', () => {
  it('is not what is to be done', () => {
    expect(written('Do not create a contact, find it by phone')).toMatchObject([[{ field: 'phone', operator: 'EQ' }]]);
    expect(written("don't update the deal, find it by name")).toMatchObject([[{ field: 'dealname' }]]);
  });

  it('alone says nothing that is', () => {
    expect(match('never delete a contact')).toMatchObject({
      missing: [{ reason: 'unsupported_operation', message: expect.stringContaining('not to be done') }],
    });
    expect(written('do not create a deal')).toBe('unsupported_operation');
  });

  it('is one where it says what follows', () => {
    const answer = match('look up a contact by phone, if missing create it');
    expect(answer.fits && answer.draft.definition).toMatchObject({ restWrite: { action: 'findOrCreate' } });
  });
});

const twoPipelines = (name: string): SchemaSnapshot => ({
  ...portal,
  objects: portal.objects.map((object) =>
    object.name === name
      ? {
          ...object,
          pipelines: [
            ...object.pipelines,
            {
              id: 'returns',
              label: 'Returns',
              isDefault: false,
              stages: [
                { id: '11', label: 'Asked for', isClosed: false },
                { id: '12', label: 'Sent back', isClosed: true },
              ],
            },
          ],
        }
      : object,
  ),
});

describe('what is closed', () => {
  it('is so in one way, or in the one that the AI agent chooses', () => {
    expect(written('close a ticket')).toEqual({ hs_pipeline_stage: '4' });
    expect(written('close a deal')).toEqual({ dealstage: '? closedwon closedlost' });
    expect(written('mark the deal as closed lost')).toEqual({ dealstage: 'closedlost' });
    expect(written('close a ticket', twoPipelines('tickets'))).toEqual({ hs_pipeline_stage: '? 4 12' });
  });

  it('opens again in the first stage, where there is one pipeline', () => {
    expect(written('reopen a ticket')).toEqual({ hs_pipeline_stage: '1' });
    expect(written('reopen a ticket', twoPipelines('tickets'))).toEqual({ hs_pipeline_stage: '? 1 2 11' });
  });
});

it('the stage is asked for with the pipeline', () => {
  expect(written('create a deal with name and pipeline')).toEqual({ dealname: '?', pipeline: '?', dealstage: '?' });
  expect(written('create a deal with name')).toEqual({
    dealname: '?',
    pipeline: 'default',
    dealstage: 'appointmentscheduled',
  });
});
