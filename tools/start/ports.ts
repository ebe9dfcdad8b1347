import { findFreePort, probePort } from '../ports/free-port.ts';
import { findPortOwner } from '../ports/port-owner.ts';
import { type DataFolder, readJson, writeJson } from './data-folder.ts';
import { PlainFailure } from '../errors/plain-failure.ts';

interface RememberedPorts {
  postgres?: number;
  simulator?: number;
}

const SIMULATOR_DEFAULT_PORT = 4010;

/** @throws PlainFailure naming the port, who has it and the variable that moves us elsewhere. */
export async function requirePort(port: number, variable: string): Promise<void> {
  const state = await probePort(port);
  if (state === 'free') return;
  if (state === 'forbidden') {
    throw new PlainFailure(`This user may not listen on port ${port}. Set ${variable} to one above 1024.`);
  }
  const owner = findPortOwner(port);
  throw new PlainFailure(
    `Port ${port} is in use${owner === undefined ? '' : ` by ${owner}`}. ` +
      `Stop that program, or set another one: ${variable}=${port === 65_535 ? port - 1 : port + 1} npm start`,
  );
}

/**
 * The same ports as last time where they are still free, since addresses get bookmarked; else free ones, remembered.
 * @param wantedSimulatorPort asked for by name, so taken exactly or not at all.
 */
export async function settlePorts(
  folder: DataFolder,
  wantedSimulatorPort: number | undefined,
): Promise<{ postgres: number; simulator: number }> {
  const remembered = (await readJson<RememberedPorts>(folder.ports).catch(() => undefined)) ?? {};
  if (wantedSimulatorPort !== undefined) await requirePort(wantedSimulatorPort, 'SIMULATOR_PORT');
  const settled = {
    postgres: await firstFree([remembered.postgres]),
    simulator: wantedSimulatorPort ?? (await firstFree([remembered.simulator, SIMULATOR_DEFAULT_PORT])),
  };
  const changed = settled.postgres !== remembered.postgres || settled.simulator !== remembered.simulator;
  if (changed) await writeJson(folder.ports, settled);
  return settled;
}

async function firstFree(candidates: readonly (number | undefined)[]): Promise<number> {
  for (const port of candidates) {
    if (port !== undefined && (await probePort(port)) === 'free') return port;
  }
  return findFreePort();
}
