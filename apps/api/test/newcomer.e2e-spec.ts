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

/** The commands of one of the README's sections, a block each. */
async function readmeCommands(section: string): Promise<string[]> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, text = ''] = new RegExp(`^## ${section}$([\\s\\S]+?)^## `, 'm').exec(readme) ?? [];
  return [...text.matchAll(/^```sh\n([\s\S]+?)^```$/gm)].map(([, block = '']) => block);
}

/** Runs them as a newcomer does who has put in the key that was printed. */
async function runAsPrinted(script: string, text: string): Promise<string> {
  const typed = script.replace('tl_live_…', printedKey(text)).replaceAll('localhost:3000', `localhost:${port}`);
  return (await promisify(execFile)('bash', ['-euc', typed])).stdout;
}

const printedKey = (text: string): string => /tl_live_[\w-]{43}/.exec(text)?.[0] ?? '';

/** The README's own commands, in its order, until the delivery it asks for last is settled. @returns that delivery. */
async function followReadme(text: string): Promise<unknown> {
  const commands = await readmeCommands('A first conversation');
  expect(commands).toHaveLength(3);
  const stdout = await runAsPrinted(commands.join('sleep 1\n'), text);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"data"')));
}

interface SkillAnswer {
  outcome: string;
  message: string;
  records?: { id: string; values: Record<string, string> }[];
  confirmation?: { token: string };
}

/** What the README's commands of skills answer: found, asked, written, and the tools that an MCP client is told of. */
async function tryReadmeSkills(text: string): Promise<{ answers: SkillAnswer[]; tools: string[] }> {
  const [definitions = ''] = await readmeCommands('A first conversation');
  const commands = await readmeCommands('Skills for AI agents');
  expect(commands).toHaveLength(4);
  const lines = (await runAsPrinted([definitions, ...commands].join('\necho\n'), text)).split('\n');
  const said = (prefix: string): string[] =>
    lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
  const answers = said('{"data":').map((rest) => (JSON.parse(`{"data":${rest}`) as { data: SkillAnswer }).data);
  const [list = ''] = said('data: ');
  const { result } = JSON.parse(list) as { result: { tools: { name: string }[] } };
  return { answers, tools: result.tools.map(({ name }) => name) };
}

/** As the demo's own key sees it. */
async function apiData(text: string, path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${printedKey(text)}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
  expect([path, response.status < 300]).toEqual([path, true]);
  return ((await response.json()) as { data: unknown }).data;
}

async function aiAgents(text: string): Promise<{ id: string; name: string }[]> {
  return (await apiData(text, '/agents')) as { id: string; name: string }[];
}

async function enabledSkills(text: string, agentId: string): Promise<string[]> {
  const path = `/agents/${agentId}/integrations/hubspot/bindings`;
  const skills = (await apiData(text, path)) as { toolName: string; enabled: boolean }[];
  return skills.filter(({ enabled }) => enabled).map(({ toolName }) => toolName);
}

const PACK = [
  'create_contact',
  'create_deal',
  'create_ticket',
  'find_company',
  'find_contact',
  'find_ticket',
  'update_contact',
];

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

  it('has an AI agent whose skills the README’s commands run; a folder from before skills gets them too', async () => {
    const first = await startAndWait();
    expect(output(first)).toContain(
      `http://localhost:${port}/skills  (Reception, an AI agent with the Connector Pack)`,
    );
    expect((await fetch(`http://127.0.0.1:${port}/skills`)).status).toBe(200);

    const { answers, tools } = await tryReadmeSkills(output(first));
    const [found, asked, opened] = answers;
    expect(answers.map(({ outcome }) => outcome)).toEqual(['found', 'confirmation_required', 'created']);
    expect(found?.records).toMatchObject([{ values: { first_name: 'Giulia', last_name: 'Romana' } }]);
    expect(asked?.message).toContain('The charger is missing');
    expect(tools.toSorted()).toEqual(PACK);
    const connection = (await apiData(output(first), '/integrations/hubspot')) as { portalId: string };
    const portalId = Number(connection.portalId);
    const control = new SimulatorControl(`http://127.0.0.1:${simulatorPort}`);
    expect(await control.record(portalId, 'tickets', opened?.records?.[0]?.id ?? '')).toMatchObject({
      properties: { subject: 'The charger is missing' },
      associations: { contacts: [{ id: found?.records?.[0]?.id }] },
    });
    expect(JSON.stringify(await apiData(output(first), '/integrations/hubspot/objects'))).toContain('Devices');

    // As it was left by a version that knew no skills: no AI agent, and a connection with what writeback needs.
    const [agent] = await aiAgents(output(first));
    await apiData(output(first), `/agents/${agent?.id}`, { method: 'DELETE' });
    const scopes = ['oauth', 'crm.objects.owners.read', 'crm.schemas.contacts.read'];
    const less = await control.issueToken(portalId, {
      scopes: [...scopes, 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
    });
    knowSecret('static token', less.token);
    const connect = { method: 'POST', body: JSON.stringify({ accessToken: less.token }) };
    await apiData(output(first), '/integrations/hubspot/connect', connect);
    expect((await pressCtrlC(first)).code).toBe(0);

    const second = await startAndWait();
    const agents = await aiAgents(output(second));
    expect(agents).toMatchObject([{ name: 'Reception' }]);
    expect((await enabledSkills(output(second), agents[0]?.id ?? '')).toSorted()).toEqual(PACK);
    expect(await apiData(output(second), '/integrations/hubspot')).toMatchObject({ status: 'active', kind: 'oauth' });
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
    expect(await aiAgents(output(again))).toHaveLength(1);
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
