import { describe, expect, it } from '@jest/globals';
import { defaultSettings } from './portal-settings.js';
import { settingsProblem } from './settings-problem.js';

describe('settingsProblem', () => {
  it('accepts every default, and null where it means off', () => {
    const { hubId: _hubId, ...settings } = defaultSettings(1);
    expect(settingsProblem(settings)).toBeUndefined();
    expect(settingsProblem({ uiDomain: 'localhost:4010', limits: { daily: 5, oauthPer10s: null } })).toBeUndefined();
  });

  it.each([
    [{ searchlag: 5 }, 'unknown setting: searchlag'],
    [{ flags: { mergemode: 'new' } }, 'unknown setting: flags.mergemode'],
    [{ flags: { mergeMode: 'sometimes' } }, 'flags.mergeMode must be one of same, new'],
    [{ flags: { retryAfterOn429: 'yes' } }, 'flags.retryAfterOn429 must be a boolean, was a string'],
    [{ flags: null }, 'flags must be an object'],
    [{ searchLagMs: -1 }, 'searchLagMs must be 0 or more'],
    [{ limits: { daily: '5' } }, 'limits.daily must be a number, was a string'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone Mars/Olympus is not known'],
    [{ latency: { fixedMs: Number.NaN } }, 'latency.fixedMs must be 0 or more'],
  ])('%j: %s', (change, problem) => {
    expect(settingsProblem(change)).toBe(problem);
  });
});
