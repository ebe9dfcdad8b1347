import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator, type TestSimulator } from './start-simulator.js';

describe('startSimulator', () => {
  let simulator: TestSimulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });

  afterAll(async () => {
    await simulator.stop();
  });

  it('gives portals to call with the token, and the records as they are', async () => {
    const { hubId, token } = await simulator.control.createPortal({ seed: { contacts: 30 } });
    const answer = await fetch(`${simulator.url}/crm/objects/2026-09/contacts?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    const contacts = await simulator.control.records(hubId, 'contacts');
    expect(contacts).toHaveLength(30);
    const stats = await simulator.control.stats(hubId);
    expect(stats.totalCalls).toBe(1);
  });

  it('misbehaves as told, as often as told', async () => {
    const { hubId, token } = await simulator.control.createPortal();
    const { id } = await simulator.control.addFault({ hubId, times: 1, actions: [{ kind: 'status', status: 503 }] });
    const read = async (): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${simulator.url}/account-info/2026-09/details`, { headers })).status;
    };
    expect([await read(), await read()]).toEqual([503, 200]);
    expect(await simulator.control.faults()).toMatchObject([{ id, hit: 1 }]);
    await simulator.control.clearFaults();
    expect(await simulator.control.faults()).toEqual([]);
  });

  it('says what the simulator has against a call', async () => {
    await expect(simulator.control.createPortal({ tokn: {} })).rejects.toThrow('unknown setting: tokn');
  });

  it('ends with an exit code when asked to', async () => {
    const other = await startSimulator();
    expect(await other.stop()).toEqual({ code: 0, signal: null });
  });
});
