import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  findFreePort,
  keepPrinted,
  knowSecret,
  knowSecretsOf,
  type ProgramExit,
  SimulatorControl,
  type SpawnedProgram,
  spawnProgram,
  untilReady,
  waitFor,
} from '@app/testing';
import { Browser } from './browser.js';

const STOP_WITHIN_MS = 5_000;
/** A build may come first when the sources changed since npm test built them. */
const UP_WITHIN_MS = 90_000;

let dataDir: string;
let port: number;
let simulatorPort: number;
let started: SpawnedProgram[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'newcomer-'));
  [port, simulatorPort] = await Promise.all([findFreePort(), findFreePort()]);
});

afterEach(async () => {
  await Promise.all(started.map((launcher) => launcher.stop()));
  started = [];
  await keepLogs();
  // As root the database may have had to live outside, with a link to it.
  const database = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  for (const folder of [database, dataDir]) if (folder) await rm(folder, { recursive: true, force: true });
});

/** Set but empty, so that a developer's own .env doesn't reach into the test. */
const NOTHING_SET = {
  DATABASE_URL: '',
  REDIS_URL: '',
  HUBSPOT_CLIENT_ID: '',
  HUBSPOT_API_URL: '',
  BOOTSTRAP_TENANT: '',
  NODE_ENV: '',
};

const MEANT_FOR_THE_TERMINAL = new Map([
  ['adminPassword', 'password'],
  ['agentPassword', 'password'],
  ['otherAdminPassword', 'password'],
  ['apiKey', 'API key'],
]);

/** What the launcher's programs printed lies in files; the end of the run searches them for the demo's secrets too. */
async function keepLogs(): Promise<void> {
  const secrets = await readFile(join(dataDir, 'secrets.json'), 'utf8').catch(() => '{}');
  for (const [name, value] of namedTexts(JSON.parse(secrets))) {
    if (name === 'encryptionKeys') knowSecretsOf({ ENCRYPTION_KEYS: value });
    else knowSecret(MEANT_FOR_THE_TERMINAL.get(name) ?? name, value);
  }
  for (const file of await readdir(join(dataDir, 'logs')).catch(() => [])) {
    keepPrinted(`npm start: ${file}`, await readFile(join(dataDir, 'logs', file)));
  }
}

/** Every text of a document, with its name. */
function namedTexts(document: unknown): [string, string][] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : namedTexts(value),
  );
}

/** npm start, with data and ports of its own. */
function start(): SpawnedProgram {
  const launcher = spawnProgram({
    folder: 'tools',
    entry: 'start/main.ts',
    env: { ...NOTHING_SET, THREADLINE_DATA_DIR: dataDir, PORT: String(port), SIMULATOR_PORT: String(simulatorPort) },
  });
  started.push(launcher);
  return launcher;
}

async function startAndWait(): Promise<SpawnedProgram> {
  const launcher = start();
  await untilReady(launcher, {
    what: 'npm start',
    timeoutMs: UP_WITHIN_MS,
    ready: () => output(launcher).includes('Ctrl-C stops everything'),
  });
  return launcher;
}

const output = (launcher: SpawnedProgram): string => launcher.lines().join('\n');

/** What a newcomer copies: from `curl` to the end of its body. */
function printedCurl(text: string): string {
  return /^curl [\s\S]+?^ {2}\}'$/m.exec(text)?.[0] ?? '';
}

async function readPage(text: string): Promise<string> {
  const address = /http\S+\/record\/0-1\/\d+/.exec(text)?.[0] ?? '';
  return await (await fetch(address)).text();
}

const countReplies = (page: string): number => page.split('It does.').length - 1;

/** Process numbers of everything the launcher keeps: from its own record, and PostgreSQL's from its pid file. */
async function readProcesses(): Promise<number[]> {
  const record = JSON.parse(await readFile(join(dataDir, 'launcher.json'), 'utf8')) as { programs: { pid: number }[] };
  const postmaster = Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);
  return [...record.programs.map(({ pid }) => pid), postmaster];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ctrl-C: the terminal signals the whole group. */
async function pressCtrlC({ pid, exited }: SpawnedProgram): Promise<ProgramExit & { tookMs: number }> {
  const begun = performance.now();
  process.kill(-pid, 'SIGINT');
  return { ...(await exited), tookMs: performance.now() - begun };
}

async function runCurl(text: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)('sh', ['-c', printedCurl(text)]);
  return JSON.parse(stdout);
}

/** The README's own commands, in its order, until the delivery it asks for last is settled. @returns that delivery. */
async function followReadme(text: string): Promise<unknown> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const section = /^## A first conversation$([\s\S]+?)^## /m.exec(readme)?.[1] ?? '';
  const commands = [...section.matchAll(/^```sh\n([\s\S]+?)^```$/gm)].map(([, block = '']) => block);
  expect(commands).toHaveLength(3);
  const [key] = /tl_live_[\w-]{43}/.exec(text) ?? [];
  const script = commands
    .join('sleep 1\n')
    .replace('tl_live_…', key ?? '')
    .replace('localhost:3000', `localhost:${port}`);
  const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"data"')));
}

describe('a newcomer', () => {
  it('starts, closes a conversation with the printed curl, sees the note, stops, and finds everything again', async () => {
    const first = await startAndWait();
    expect(countReplies(await readPage(output(first)))).toBe(0);
    const answer = await runCurl(output(first));
    expect(answer).toMatchObject({
      data: { status: 'closed', delivery: { status: expect.stringMatching(/pending|written/) } },
    });
    await waitFor(async () => countReplies(await readPage(output(first))) === 1, { what: 'the note on the contact' });

    const delivery = await followReadme(output(first));
    expect(delivery).toMatchObject({ data: { status: 'written', matchedBy: 'created', entries: [{ type: 'note' }] } });

    const processes = await readProcesses();
    expect(processes).toHaveLength(4);
    expect(processes.every(isAlive)).toBe(true);
    const stop = await pressCtrlC(first);
    expect(stop.code).toBe(0);
    expect(stop.tookMs).toBeLessThan(STOP_WITHIN_MS);
    expect(processes.filter(isAlive)).toEqual([]);

    const second = await startAndWait();
    expect(printedCurl(output(second))).toBe(printedCurl(output(first)));
    expect(countReplies(await readPage(output(second)))).toBe(1);
    await runCurl(output(second));
    await waitFor(async () => countReplies(await readPage(output(second))) === 2, { what: 'the second note' });
  }, 180_000);

  it('signs in as admin and as agent; the end of the installation reaches the API by webhook', async () => {
    const launcher = await startAndWait();
    const url = `http://127.0.0.1:${port}`;
    for (const role of ['admin', 'agent']) {
      const [, password = ''] = new RegExp(`${role}@demo\\.example +(\\S+)`).exec(output(launcher)) ?? [];
      const signedIn = await new Browser(url, `http://localhost:${port}`).signIn(`${role}@demo.example`, password);
      expect(signedIn).toMatchObject({ status: 200, body: { data: { role, tenant: { name: 'Demo' } } } });
    }
    const [key = ''] = /tl_live_[\w-]{43}/.exec(output(launcher)) ?? [];
    const connection = async (): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${key}` };
      const response = await fetch(`${url}/integrations/hubspot`, { headers });
      return ((await response.json()) as { data: Record<string, unknown> }).data;
    };
    const { status, kind, portalId } = await connection();
    expect([status, kind]).toEqual(['active', 'oauth']);

    const control = new SimulatorControl(`http://127.0.0.1:${simulatorPort}`);
    await control.call('POST', `/portals/${String(portalId)}/uninstall`, { clientId: 'threadline-demo' });
    await waitFor(async () => (await connection())['status'] === 'inactive', { what: 'the connection to end' });
    expect(await connection()).toMatchObject({ portalId, problem: { reason: 'uninstalled' } });
    const { calls } = await control.call<{ calls: { status?: number }[] }>('GET', '/apps/threadline-demo/webhooks');
    expect(calls.length).toBeGreaterThan(0);
  }, 180_000);

  it('is told when it runs already, and can start again after everything was killed', async () => {
    const first = await startAndWait();
    const processes = await readProcesses();

    const beside = start();
    expect(await beside.exited).toMatchObject({ code: 1 });
    expect(output(beside)).toContain(`running in this folder already (process ${first.pid}`);

    await first.kill('SIGKILL');
    const again = await startAndWait();
    expect(output(again)).toContain('cleared up after a start that was not ended properly');
    expect(processes.filter(isAlive)).toEqual([]);
    await runCurl(output(again));
    await waitFor(async () => countReplies(await readPage(output(again))) === 1, { what: 'the note on the contact' });
  }, 180_000);

  it('hears which port is taken and what to set', async () => {
    const squatter: Server = createServer();
    await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
    try {
      const refused = start();
      expect(await refused.exited).toMatchObject({ code: 1 });
      expect(output(refused)).toMatch(new RegExp(`Port ${port} is in use.* PORT=${port + 1} npm start`, 's'));
    } finally {
      squatter.close();
    }
  }, 60_000);
});
