import type { AddressInfo } from 'node:net';
import { ControlProblem } from './control/control-route.js';
import { openPortal } from './control/portal-controls.js';
import { issueStaticToken, registerApp } from './control/token-controls.js';
import type { Portal } from './portal/portal.js';
import { isObject, scalarText } from './serve/read-json.js';
import type { SimulatorState } from './serve/simulator-state.js';
import { createSimulator, type Simulator } from './server.js';
import { settingsFromEnvironment, type EnvironmentSettings } from './settings-from-environment.js';

/** A stop takes at most this long, whatever calls still hang. */
const STOP_WITHIN_MS = 800;

function fail(message: string): never {
  process.stderr.write(`simulator: ${message}\n`);
  process.exit(1);
}

/** The portal of an earlier start; without a hub id, whichever there is. */
const findPortal = ({ state }: Simulator, hubId: unknown): Portal | undefined =>
  typeof hubId === 'number' ? state.portals.find(hubId) : state.portals.all()[0];

/** A token from the environment works after a restart too, even when the kept portal had another one. */
function issueKnownToken(state: SimulatorState, portal: Portal, given: unknown): ControlProblem | undefined {
  const token = isObject(given) ? scalarText(given['token']) : undefined;
  if (token === undefined || state.oauth.staticToken(token)) return undefined;
  const issued = issueStaticToken(state, portal, { token });
  return issued instanceof ControlProblem ? issued : undefined;
}

function applySettings(simulator: Simulator, settings: EnvironmentSettings): void {
  const { state } = simulator;
  if (settings.app) {
    const registered = registerApp(state, settings.app);
    if (registered instanceof ControlProblem) fail(registered.problem);
  }
  const { firstPortal } = settings;
  if (firstPortal) {
    const existing = findPortal(simulator, firstPortal['hubId']);
    const problem = existing ? issueKnownToken(state, existing, firstPortal['token']) : openPortal(state, firstPortal);
    if (problem instanceof ControlProblem) fail(problem.problem);
  }
  state.journal.commit();
}

const read = settingsFromEnvironment(process.env);
if (!read.valid) fail(read.problems.join('; '));
const { settings } = read;

let simulator: Simulator;
try {
  simulator = createSimulator(settings.dataDir === undefined ? {} : { dataDir: settings.dataDir });
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
const { app } = simulator;

try {
  await app.listen({ port: settings.port, host: settings.host });
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  fail(
    code === 'EADDRINUSE'
      ? `port ${settings.port} on ${settings.host} is in use; set SIMULATOR_PORT to another one`
      : `cannot listen on ${settings.host}:${settings.port}: ${error instanceof Error ? error.message : String(error)}`,
  );
}
simulator.keepJournal();
simulator.state.webhookSender.start();
applySettings(simulator, settings);

let isStopping = false;
const stop = (): void => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  simulator.close().then(
    () => process.exit(0),
    (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
  );
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

const { address, port, family } = app.server.address() as AddressInfo;
const host = family === 'IPv6' ? `[${address}]` : address;
process.stdout.write(`${JSON.stringify({ listening: `http://${host}:${port}` })}\n`);
