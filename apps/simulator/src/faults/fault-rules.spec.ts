import { describe, expect, it } from '@jest/globals';
import { FaultRules } from './fault-rules.js';
import { readFaultRule } from './read-fault-rule.js';

const call = (change: object = {}) => ({
  hubId: 1,
  method: 'POST',
  path: '/crm/objects/2026-09/notes/batch/create',
  route: 'objects.batchCreate',
  ...change,
});
const actions = [{ kind: 'reset' }] as const;

const draw = (seed: number): number[] => {
  const rules = new FaultRules();
  rules.add({ probability: 0.3, seed, actions });
  return Array.from({ length: 1_000 }, () => rules.strike(call()).length);
};

describe('FaultRules', () => {
  it.each([
    [{}, true],
    [{ hubId: 1 }, true],
    [{ hubId: 2 }, false],
    [{ method: 'POST' }, true],
    [{ method: 'GET' }, false],
    [{ path: '/crm/*/notes/*' }, true],
    [{ path: '/crm/objects' }, false],
    [{ path: '/crm/objects/2026.09/*' }, false],
    [{ route: 'objects.batchCreate' }, true],
    [{ route: 'objects.*' }, true],
    [{ route: 'objects' }, false],
    [{ hubId: 1, method: 'POST', route: 'search' }, false],
  ] as const)('%j strikes: %j', (conditions, expected) => {
    const rules = new FaultRules();
    rules.add({ ...conditions, actions });
    expect(rules.strike(call()).length > 0).toBe(expected);
  });

  it('skips the first calls, hits so many, then rests', () => {
    const rules = new FaultRules();
    rules.add({ skip: 2, times: 2, actions });
    expect(Array.from({ length: 6 }, () => rules.strike(call()).length)).toEqual([0, 0, 1, 1, 0, 0]);
    expect(rules.list()).toMatchObject([{ matched: 6, hit: 2 }]);
  });

  it('draws the same calls for the same seed, about as many as asked for', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const hits = draw(7).filter(Boolean).length;
    expect(hits).toBeGreaterThan(250);
    expect(hits).toBeLessThan(350);
  });

  it('leaves a call to the next rule when one rests', () => {
    const rules = new FaultRules();
    rules.add({ times: 1, actions });
    rules.add({ actions: [{ kind: 'delay', ms: 1 }] });
    expect(rules.strike(call())).toEqual(actions);
    expect(rules.strike(call())).toEqual([{ kind: 'delay', ms: 1 }]);
  });

  it('replaces a rule of the same id, and forgets removed and cleared ones', () => {
    const rules = new FaultRules();
    rules.add({ id: 'a', actions });
    rules.add({ id: 'a', hubId: 2, actions });
    expect(rules.list()).toHaveLength(1);
    expect(rules.remove('a')).toBe(true);
    expect(rules.remove('a')).toBe(false);
    rules.add({ hubId: 1, actions });
    rules.add({ hubId: 2, actions });
    rules.clear(1);
    expect(rules.list().map((rule) => rule.hubId)).toEqual([2]);
  });
});

describe('readFaultRule', () => {
  it.each([
    [{ actions: [] }, 'actions must be a list'],
    [{ actions: [{ kind: 'explode' }] }, 'unknown kind'],
    [{ actions: [{ kind: 'status' }] }, 'needs a status'],
    [{ actions: [{ kind: 'delay', ms: 1, when: 'later' }] }, 'when must be'],
    [{ tims: 1, actions }, 'unknown key: tims'],
    [{ method: 'FETCH', actions }, 'method must be'],
    [{ probability: 'half', actions }, 'probability must be'],
  ])('%j: %s', (rule, problem) => {
    expect(readFaultRule(rule)).toContain(problem);
  });
});
