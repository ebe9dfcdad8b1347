import { describe, expect, it } from '@jest/globals';
import { readAgentSearch, readSkillSearch } from './skills-search.js';

describe('the address of an AI agent’s page', () => {
  it('says the tab and the filter of the log; whatever else it says is passed over', () => {
    expect(readAgentSearch({ tab: 'log', skill: 'find_contact', outcome: 'failed' })).toEqual({
      tab: 'log',
      skill: 'find_contact',
      outcome: 'failed',
    });
    expect(readAgentSearch({ tab: 'log', skill: '', outcome: 'nonsense' })).toEqual({ tab: 'log' });
    expect(readAgentSearch({ tab: 'other', skill: 'find_contact' })).toEqual({});
  });

  it('says the tab of a skill', () => {
    expect([readSkillSearch({ tab: 'try' }), readSkillSearch({ tab: 'what' })]).toEqual([{ tab: 'try' }, {}]);
  });
});
