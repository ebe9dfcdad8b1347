import { describe, expect, it } from '@jest/globals';
import { injectedSimulator } from '../control/injected-simulator.js';

const OFF = { oauthPer10s: null, staticPer10s: null, searchPerSecond: null, daily: null };
const list = '/crm/v3/objects/contacts';
const search = '/crm/v3/objects/contacts/search';

describe('rate limits', () => {
  it('admits exactly the limit in any 10 s and refuses with the TEN_SECONDLY_ROLLING body', async () => {
    const simulator = injectedSimulator({ limits: { ...OFF, staticPer10s: 3 } });
    simulator.state.clock.set(1_800_000_000_000);
    const statuses: number[] = [];
    for (let call = 0; call < 4; call++) statuses.push((await simulator.call('GET', list)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await simulator.call('GET', list);
    expect(refused.body).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(refused.headers['retry-after']).toBeUndefined();
    expect(refused.headers['x-hubspot-ratelimit-max']).toBe('3');
    expect(refused.headers['x-hubspot-ratelimit-remaining']).toBe('0');
    simulator.state.clock.advance(10_000);
    expect((await simulator.call('GET', list)).status).toBe(200);
  });

  it('keeps one window per app, and counts attempts for the peak', async () => {
    const simulator = injectedSimulator({ limits: { ...OFF, staticPer10s: 2 } });
    const other = await simulator.app.inject({ method: 'POST', url: `/_control/portals/${simulator.hubId}/tokens` });
    const { token } = other.json<{ token: string }>();
    for (let call = 0; call < 3; call++) await simulator.call('GET', list);
    expect((await simulator.call('GET', list, undefined, token)).status).toBe(200);
    const report = simulator.state.statistics.report(simulator.hubId, 10);
    expect(report).toMatchObject({ totalCalls: 4, burstCalls: 4, refused429: 1, peaks: { per10s: 3 } });
    expect(report.lastCalls.map((call) => call.status)).toEqual([200, 200, 429, 200]);
  });

  it('limits searches of the whole portal by the second, without headers and outside the 10 s bucket', async () => {
    const simulator = injectedSimulator({ limits: { ...OFF, staticPer10s: 1, searchPerSecond: 2 } });
    simulator.state.clock.set(1_800_000_000_000);
    const answers = [];
    for (let call = 0; call < 3; call++) answers.push(await simulator.call('POST', search, {}));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(answers[2]?.body).toMatchObject({
      policyName: 'SECONDLY',
      message: 'You have reached your secondly limit.',
    });
    for (const answer of answers) {
      expect(Object.keys(answer.headers).filter((name) => name.includes('ratelimit'))).toEqual([]);
    }
    expect((await simulator.call('GET', list)).status).toBe(200);
    simulator.state.clock.advance(1_000);
    expect((await simulator.call('POST', search, {})).status).toBe(200);
  });

  it('resets the daily limit at midnight of the portal, not of UTC', async () => {
    const simulator = injectedSimulator({ timeZone: 'America/New_York', limits: { ...OFF, daily: 1 } });
    simulator.state.clock.set(Date.parse('2026-11-21T03:00:00Z'));
    expect((await simulator.call('GET', list)).status).toBe(200);
    const refused = await simulator.call('GET', list);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ policyName: 'DAILY' });
    simulator.state.clock.set(Date.parse('2026-11-21T04:59:59Z'));
    expect((await simulator.call('GET', list)).status).toBe(429);
    simulator.state.clock.set(Date.parse('2026-11-21T05:00:00Z'));
    expect((await simulator.call('GET', list)).status).toBe(200);
  });

  it('sends Retry-After only where the portal says so', async () => {
    const simulator = injectedSimulator({ limits: { ...OFF, staticPer10s: 1 }, flags: { retryAfterOn429: true } });
    await simulator.call('GET', list);
    expect(Number((await simulator.call('GET', list)).headers['retry-after'])).toBeGreaterThan(0);
  });
});
