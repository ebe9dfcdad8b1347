import { describe, expect, it } from '@jest/globals';
import { firstIdAt, isId, newId } from './new-id.js';

describe('ids', () => {
  it('are ordered by their time', () => {
    const before = firstIdAt(new Date());
    const id = newId();
    const after = firstIdAt(new Date(Date.now() + 1));
    expect([before <= id, id < after]).toEqual([true, true]);
    expect([isId(id), isId(before)]).toEqual([true, true]);
    expect(firstIdAt(new Date(1_000)) < firstIdAt(new Date(2_000))).toBe(true);
  });
});
