// npm start, npm run dev: the whole of Threadline in one terminal (PRODUCT.md §10).
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { buildIfStale } from '../build/build.ts';
import { type DataFolder, openDataFolder, writeJson } from './data-folder.ts';
import {
  connectDemo,
  ensureAgent,
  ensurePortal,
  findExampleContact,
  type OpenedPortal,
  subscribeToWebhooks,
} from './demo.ts';
import { apiEnvironment, DEMO, productEnvironment, simulatedApp } from './environment.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import { explain } from './explain.ts';
import { greet } from './greeting.ts';
import { House } from './house.ts';
import { LauncherLock } from './launcher-lock.ts';
import { requirePort, settlePorts } from './ports.ts';
import { readOrMakeSecrets, type Secrets } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';
import { SignedInPerson } from './signed-in-person.ts';
import { Terminal } from './terminal.ts';
import { watch } from './watch.ts';

/** npm and the terminal both pass one Ctrl-C on; a person's second one comes later than this. */
const SAME_KEYPRESS_MS = 500;

const root = resolve(import.meta.dirname, '..', '..');
const terminal = new Terminal();
const stopping = new AbortController();
let stoppedAt = 0;
let dataDir = '.data';
let house: House | undefined;
let lock: LauncherLock | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  if (!stopping.signal.aborted) await fail(error);
}

async function start(): Promise<void> {
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const settings = readSettings(root, process.argv.slice(2), process.env);
  dataDir = settings.dataDir;
  const folder = await openDataFolder(settings.dataDir);
  const taken = await LauncherLock.take(folder, settings.port);
  lock = taken.lock;
  await requirePort(settings.port, 'PORT');
  const secrets = await readOrMakeSecrets(folder);
  house = new House({ root, folder, terminal, lock, signal: stopping.signal });

  terminal.title('Threadline');
  if (taken.tookOver) terminal.step('launcher', 'cleared up after a start that was not ended properly');
  const note = settings.databaseUrl ? undefined : await house.claimPostgres();
  const ports = await settlePorts(folder, settings.simulatorPort);
  const parts = { house, settings, secrets, folder, ports };
  const [databaseUrl] = await bothOrNeither(openDatabase(parts, note), build());

  const simulatorUrl = settings.simulated ? await openSimulator(parts) : undefined;
  const opened = simulatorUrl === undefined ? undefined : await openPortal(simulatorUrl, parts);
  await openProduct(parts, { databaseUrl, simulatorUrl });
  if (settings.demo) await openDemo(parts, { databaseUrl, simulatorUrl, opened });

  const contact = simulatorUrl && opened ? await findExampleContact(simulatorUrl, opened.portal) : undefined;
  greet(terminal, { settings, secrets, simulatorUrl, contact, logs: show(folder.logs) });
  if (settings.watch) watch(root, { house, terminal, signal: stopping.signal });
}

interface Parts {
  house: House;
  settings: Settings;
  secrets: Secrets;
  folder: DataFolder;
  ports: { postgres: number; simulator: number };
}

async function build(): Promise<void> {
  const begun = performance.now();
  const announce = (what: string): void => terminal.step('build', `building ${what} …`);
  const result = await buildIfStale(root, announce, stopping.signal);
  if (result.outcome === 'failed') throw new PlainFailure(`The build failed.\n\n${result.output}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  terminal.step('build', result.outcome === 'built' ? `done in ${seconds} s` : result.outcome);
}

async function openDatabase({ house, settings, secrets, folder, ports }: Parts, note?: string): Promise<string> {
  if (settings.databaseUrl) {
    terminal.step('PostgreSQL', 'the one that DATABASE_URL names');
    return settings.databaseUrl;
  }
  const { databaseSuperuserPassword: superuserPassword, databasePassword: password } = secrets;
  const onLost = (): void => {
    if (stopping.signal.aborted) return;
    void fail(
      new PlainFailure(`PostgreSQL ended by itself; its log is ${show(folder.logs)}/postgres.log. Stopping the rest.`),
    );
  };
  const url = await house.startPostgres({ port: ports.postgres, superuserPassword, password }, onLost);
  terminal.step('PostgreSQL', `127.0.0.1:${ports.postgres}, data in ${show(folder.postgres)}`);
  if (note) terminal.step('', note);
  return url;
}

async function openSimulator({ house, folder, ports, settings, secrets }: Parts): Promise<string> {
  const url = `http://127.0.0.1:${ports.simulator}`;
  const env = {
    ...process.env,
    SIMULATOR_PORT: String(ports.simulator),
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_DATA_DIR: folder.simulator,
    ...simulatedApp(settings, secrets),
  };
  await house.startProgram('simulator', { env, ready: { line: (line) => line.includes('"listening"') } });
  terminal.step('simulator', `${url}, data in ${show(folder.simulator)}`);
  return url;
}

async function openPortal(simulatorUrl: string, { secrets, folder }: Parts): Promise<OpenedPortal> {
  const opened = await ensurePortal(simulatorUrl, secrets.demo.portal);
  if (opened.made) {
    secrets.demo.portal = opened.portal;
    await writeJson(folder.secrets, secrets);
  }
  return opened;
}

async function openProduct(
  { house, settings, secrets }: Parts,
  addresses: { databaseUrl: string; simulatorUrl?: string },
): Promise<void> {
  await bothOrNeither(
    house.startProgram('api', {
      env: apiEnvironment(settings, secrets, addresses),
      ready: { url: `http://127.0.0.1:${settings.port}/health/ready` },
    }),
    house.startProgram('worker', {
      env: productEnvironment(settings, secrets, addresses),
      ready: { line: (line) => line.includes('worker ready') },
    }),
  );
  terminal.step('api', settings.publicUrl);
  terminal.step('worker', 'ready');
}

/** One tenant connected and enabled, and another for trying the connect flow. */
async function openDemo(
  { house, settings, secrets }: Parts,
  { opened, ...addresses }: { databaseUrl: string; simulatorUrl?: string; opened?: OpenedPortal },
): Promise<void> {
  await bothOrNeither(
    peopleDemo(settings, secrets, { opened, simulatorUrl: addresses.simulatorUrl }),
    house.ensureTenant(
      { name: DEMO.otherTenant, adminEmail: DEMO.otherAdminEmail },
      {
        ...productEnvironment(settings, secrets, addresses),
        ADMIN_PASSWORD: secrets.demo.otherAdminPassword,
        ADMIN_API_KEY: secrets.demo.otherApiKey,
      },
    ),
  );
}

/** What the demo tenant's admin does first: connect, and let an agent in. */
async function peopleDemo(
  { port, publicUrl }: Settings,
  { demo: { apiKey, adminPassword, agentPassword } }: Secrets,
  { simulatorUrl, opened }: { simulatorUrl?: string; opened?: OpenedPortal },
): Promise<void> {
  const api = { apiUrl: `http://127.0.0.1:${port}`, publicUrl };
  const admin = await SignedInPerson.signIn(api, { email: DEMO.adminEmail, password: adminPassword });
  if (simulatorUrl !== undefined && opened !== undefined) {
    const demo = { ...api, apiKey, simulatorUrl };
    await subscribeToWebhooks(demo);
    await connectDemo(demo, opened, admin);
  }
  if (admin === undefined) return;
  await ensureAgent(admin, { email: DEMO.agentEmail, password: agentPassword });
  await admin.signOut();
}

/** Waits for both even when one fails, so that a stop finds everything that was started. */
async function bothOrNeither<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}

function show(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}

async function fail(error: unknown): Promise<void> {
  const explained = explain(error, dataDir);
  if (explained instanceof PlainFailure) terminal.failure(explained.message);
  else terminal.failure(explained instanceof Error ? (explained.stack ?? explained.message) : String(explained));
  await stop(1);
}

async function stop(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) {
    if (Date.now() - stoppedAt < SAME_KEYPRESS_MS) return;
    house?.kill();
    lock?.release();
    process.exit(exitCode === 0 ? 130 : exitCode);
  }
  stoppedAt = Date.now();
  stopping.abort();
  await house?.stop();
  lock?.release();
  process.exit(exitCode);
}
