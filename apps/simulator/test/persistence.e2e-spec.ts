import { afterAll, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnProgram } from '@app/testing';
import { startSimulator, type RunningSimulator } from './running-simulator.js';
import type { Json } from './watched-calls.js';

const CONTACTS = '/crm/objects/2026-09/contacts';
const folders: string[] = [];

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  folders.push(folder);
  return folder;
};

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const create = async (simulator: RunningSimulator, token: string, email: string): Promise<string> => {
  const { status, body } = await simulator.call('POST', CONTACTS, { token, body: { properties: { email } } });
  expect(status).toBe(201);
  return String((body as Json)['id']);
};

describe('a data folder', () => {
  it('keeps every acknowledged write, portal, token, app and link across kill -9', async () => {
    const env = { SIMULATOR_DATA_DIR: await newFolder(), SIMULATOR_HUB_ID: '4600000', SIMULATOR_SEED_CONTACTS: '50' };
    const first = await startSimulator(env);
    const { token } = await first.control<{ token: string }>('POST', '/portals/4600000/tokens', {});
    await first.control('POST', '/apps', {
      clientId: 'kept',
      redirectUrls: ['http://localhost/cb'],
      requiredScopes: ['oauth'],
      optionalScopes: [],
    });
    const writes = Array.from({ length: 40 }, (_, index) => create(first, token, `kept-${index}@inbox.example.com`));
    const ids = await Promise.all(writes);
    const note = await first.call('POST', '/crm/objects/2026-09/notes', {
      token,
      body: {
        properties: { hs_timestamp: '2026-11-21T10:00:00Z', hs_note_body: 'kept' },
        associations: [
          { to: { id: ids[0] }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] },
        ],
      },
    });
    await first.call('DELETE', `${CONTACTS}/${ids[1]}`, { token });
    await first.kill('SIGKILL');

    const second = await startSimulator(env);
    const portals = await second.control<{ portals: Json[] }>('GET', '/portals');
    expect(portals.portals).toEqual([
      expect.objectContaining({ hubId: 4_600_000, counts: expect.objectContaining({ contacts: 89 }) }),
    ]);
    for (const [index, id] of ids.entries()) {
      const { status } = await second.call('GET', `${CONTACTS}/${id}`, { token });
      expect([index, status]).toEqual([index, index === 1 ? 404 : 200]);
    }
    const linked = await second.call('GET', `${CONTACTS}/${ids[0]}?associations=notes`, { token });
    expect(linked.body).toMatchObject({ associations: { notes: { results: [{ id: (note.body as Json)['id'] }] } } });
    const refused = await second.call('POST', CONTACTS, {
      token,
      body: { properties: { email: 'KEPT-3@inbox.example.com' } },
    });
    expect(refused.status).toBe(409);
    expect((await second.control<{ apps: Json[] }>('GET', '/apps')).apps).toEqual([
      expect.objectContaining({ clientId: 'kept' }),
    ]);
    const next = await create(second, token, 'next@inbox.example.com');
    expect(Number(next)).toBeGreaterThan(Math.max(...ids.map(Number), Number((note.body as Json)['id'])));
    await second.stop();
  });

  it('survives a last line that was torn', async () => {
    const env = { SIMULATOR_DATA_DIR: await newFolder(), SIMULATOR_HUB_ID: '4700000' };
    const first = await startSimulator(env);
    const { token } = await first.control<{ token: string }>('POST', '/portals/4700000/tokens', {});
    const id = await create(first, token, 'torn@inbox.example.com');
    await first.kill('SIGKILL');
    const files = await readdir(env.SIMULATOR_DATA_DIR);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) await appendFile(join(env.SIMULATOR_DATA_DIR, file), '{"k":"rec');
    const second = await startSimulator(env);
    expect((await second.call('GET', `${CONTACTS}/${id}`, { token })).status).toBe(200);
    const after = await create(second, token, 'after@inbox.example.com');
    await second.kill('SIGKILL');
    const third = await startSimulator(env);
    expect((await third.call('GET', `${CONTACTS}/${after}`, { token })).status).toBe(200);
    await third.stop();
  });
});

describe('the process', () => {
  it('ends within a second of SIGTERM, even while a call hangs', async () => {
    const simulator = await startSimulator();
    const { token } = await simulator.control<{ token: string }>('POST', '/portals', {});
    await simulator.control('POST', '/faults', { actions: [{ kind: 'delay', ms: 60_000 }] });
    const hanging = simulator.call('GET', CONTACTS, { token }).catch(() => 'ended');
    const asked = performance.now();
    const exit = await simulator.stop();
    expect(exit.code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(await hanging).toBe('ended');
  });

  it('says in one line that its port is taken, and exits with 1', async () => {
    const simulator = await startSimulator();
    const { port } = new URL(simulator.url);
    const second = spawnProgram({ entry: 'apps/simulator/src/main.js', env: { SIMULATOR_PORT: port } });
    expect((await second.exited).code).toBe(1);
    expect(second.lines()).toEqual([expect.stringContaining(`port ${port}`)]);
    await simulator.stop();
  });
});

describe('the pages', () => {
  it('show a seeded portal, a contact under its deep link, and a note as soon as it is written', async () => {
    const simulator = await startSimulator({
      SIMULATOR_HUB_ID: '4800000',
      SIMULATOR_SEED_CONTACTS: '60',
      SIMULATOR_PORTAL_NAME: 'Acme & Sons',
    });
    const page = async (path: string): Promise<string> => String((await simulator.call('GET', path)).body);
    expect((await simulator.call('GET', '/')).headers.get('location')).toBe('/portals');
    expect(await page('/portals')).toContain('Acme &amp; Sons');
    expect(await page('/contacts/4800000?q=wendy@kestrel')).toContain('Wendy Reception');
    const { token } = await simulator.control<{ token: string }>('POST', '/portals/4800000/tokens', {});
    const account = await simulator.call('GET', '/account-info/2026-09/details', { token });
    const id = await create(simulator, token, 'page@inbox.example.com');
    const link = `http://${String((account.body as Json)['uiDomain'])}/contacts/4800000/record/0-1/${id}`;
    expect(new URL(link).host).toBe(new URL(simulator.url).host);
    expect(await (await fetch(link)).text()).toContain('Nothing here yet');
    await simulator.call('POST', '/crm/objects/2026-09/notes', {
      token,
      body: {
        properties: { hs_timestamp: '2026-11-21T10:00:00Z', hs_note_body: '<p>Written &amp; seen</p>' },
        associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }],
      },
    });
    expect(await (await fetch(link)).text()).toContain('<p>Written &amp; seen</p>');
    await simulator.stop();
  });
});
