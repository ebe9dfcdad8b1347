import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { injectedSimulator } from '../control/injected-simulator.js';
import { SimulatorState } from '../serve/simulator-state.js';
import { openJournal } from './open-journal.js';
import { snapshotEntries } from './snapshot-entries.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stateOf = (state: SimulatorState): string[] =>
  Array.from(snapshotEntries(state), (entry) => JSON.stringify(entry)).toSorted();

/** Reads the folder as a start after a crash does. */
const reopened = (): SimulatorState => {
  const state = new SimulatorState();
  openJournal(folder, state);
  return state;
};

const contacts = '/crm/v3/objects/contacts';

/** A simulator whose state goes to the folder, with a compaction as soon as the journal has some bytes. */
function keptSimulator(compactAtBytes: number) {
  const simulator = injectedSimulator();
  const entries = [...snapshotEntries(simulator.state)];
  const journal = openJournal(folder, simulator.state, compactAtBytes).start();
  for (const entry of entries) journal.append(entry);
  journal.commit();
  return { simulator, journal };
}

describe('the journal on disk', () => {
  it('has every answered write, and continues the ids', async () => {
    const simulator = injectedSimulator({}, { dataDir: folder });
    simulator.keepJournal();
    simulator.state.portals.find(simulator.hubId)?.writeSettings();
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) {
      const answer = await simulator.call('POST', contacts, { properties: { email: `u${index}@x.com` } });
      ids.push((answer.body as { id: string }).id);
    }
    const copy = reopened().portals.find(simulator.hubId);
    expect(ids.every((id) => copy?.store('contacts').get(id) !== undefined)).toBe(true);
    expect(copy?.newId()).toBe(String(Number(ids.at(-1)) + 1));
    await simulator.close();
  });

  it('drops a last line that was cut short, and writes on behind it', async () => {
    const first = injectedSimulator({}, { dataDir: folder });
    first.keepJournal();
    first.state.portals.find(first.hubId)?.writeSettings();
    await first.call('POST', contacts, { properties: { email: 'a@x.com' } });
    await first.close();
    const path = join(folder, 'journal-0.jsonl');
    const complete = readFileSync(path, 'utf8');
    appendFileSync(path, '{"k":"record","hub":48000001,"type":"contacts","id":"1000');
    const state = new SimulatorState();
    const journal = openJournal(folder, state).start();
    expect(state.portals.find(first.hubId)?.store('contacts').liveCount).toBe(1);
    state.portals.find(first.hubId)?.change({ name: 'written on' });
    journal.commit();
    journal.close();
    expect(readFileSync(path, 'utf8').startsWith(complete)).toBe(true);
    expect(reopened().portals.find(first.hubId)?.settings.name).toBe('written on');
  });

  it('reports damage in the middle with its place instead of starting without the rest', () => {
    writeFileSync(
      join(folder, 'journal-0.jsonl'),
      '{"k":"portal-gone","hub":1}\nnonsense\n{"k":"portal-gone","hub":2}\n',
    );
    expect(() => reopened()).toThrow(/journal-0\.jsonl is damaged at line 2/);
  });

  it('compacts while it is written to, and loses nothing', async () => {
    const { simulator, journal } = keptSimulator(20_000);
    let highest = 0;
    for (let round = 0; round < 60; round++) {
      const made = await simulator.call('POST', `${contacts}/batch/create`, {
        inputs: Array.from({ length: 20 }, (_, index) => ({ properties: { email: `r${round}i${index}@x.com` } })),
      });
      const { results } = made.body as { results: { id: string }[] };
      await simulator.call('PATCH', `${contacts}/${results[0]?.id}`, { properties: { city: `c${round}` } });
      await simulator.call('DELETE', `${contacts}/${results[1]?.id}`);
      await simulator.call('POST', `${contacts}/gdpr-delete`, { objectId: results[2]?.id });
      const generations = readdirSync(folder).flatMap((name) => /^journal-(\d+)/.exec(name)?.[1] ?? []);
      highest = Math.max(highest, ...generations.map(Number));
      // At every moment the folder gives the state that was answered, in the middle of a compaction too.
      if (round % 10 === 9) expect(stateOf(reopened())).toEqual(stateOf(simulator.state));
    }
    await journal.settled();
    expect(highest).toBeGreaterThan(1);
    expect(stateOf(reopened())).toEqual(stateOf(simulator.state));
    const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    expect(files.toSorted()).toEqual([`journal-${highest}.jsonl`, `snapshot-${highest}.jsonl`]);
  });
});

describe('the folder’s owner', () => {
  it('is taken over from a process that is gone', () => {
    writeFileSync(join(folder, 'owner.pid'), '999999999');
    expect(() => reopened()).not.toThrow();
    expect(readFileSync(join(folder, 'owner.pid'), 'utf8')).toBe(String(process.pid));
  });
});
