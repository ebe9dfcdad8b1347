import { knowSecret } from '../printed/known-secrets.js';
import { type SpawnedProgram, spawnProgram, untilReady } from '../programs/spawn-program.js';
import { SimulatorControl } from './simulator-control.js';

export interface TestSimulator extends SpawnedProgram {
  /** `http://127.0.0.1:<port>`: HUBSPOT_API_URL and HUBSPOT_APP_URL. */
  url: string;
  control: SimulatorControl;
}

export interface SimulatorOptions {
  /** Left out: a free one. */
  port?: number;
  /** Left out: nothing is kept. */
  dataDir?: string;
  /** Other SIMULATOR_… variables. */
  env?: Readonly<Record<string, string | undefined>>;
}

/** Starts the built simulator, without any portal. */
export async function startSimulator({ port = 0, dataDir, env = {} }: SimulatorOptions = {}): Promise<TestSimulator> {
  const program = spawnProgram({
    entry: 'apps/simulator/src/main.js',
    env: { SIMULATOR_PORT: String(port), SIMULATOR_HOST: '127.0.0.1', SIMULATOR_DATA_DIR: dataDir, ...env },
  });
  const url = await untilReady(program, {
    what: 'the simulator',
    ready: () =>
      program
        .logs()
        .map(({ listening }) => listening)
        .find((listening) => typeof listening === 'string'),
  });
  const control = new SimulatorControl(url);
  return {
    ...program,
    url,
    control,
    stop: async (options) => {
      await knowIssued(control);
      return program.stop(options);
    },
  };
}

/** Every code and token there ever was goes by the simulator, so that no test needs to name its own. */
async function knowIssued(control: SimulatorControl): Promise<void> {
  // One that ended already can't say any more.
  const { issued } = await control.issued().catch(() => ({ issued: [] }));
  for (const { kind, value } of issued) knowSecret(kind, value);
}
