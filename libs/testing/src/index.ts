export { createTestDatabase, type TestDatabase } from './databases/test-database.js';
export {
  type AppCredentials,
  type AppEnvironment,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  startWorker,
} from './programs/start-apps.js';
export { findFreePort } from './programs/free-port.js';
export {
  hubspotContract,
  knownDeviations,
  specsAvailable,
  specsFolder,
  validateExchange,
  type Exchange,
  type KnownDeviation,
} from './openapi/index.js';
export { keepPrinted } from './printed/keep-printed.js';
export { knowSecret, knowSecretsOf, knowText } from './printed/known-secrets.js';
export { type ProgramExit, type SpawnedProgram, spawnProgram, untilReady } from './programs/spawn-program.js';
export { redisUrl } from './redis/redis-url.js';
export {
  type AssociatedRecord,
  type FaultAction,
  type FaultRule,
  type MadePortal,
  type PortalOptions,
  type PortalRecord,
  type PortalStats,
  SimulatorControl,
  type SimulatorClock,
} from './simulator/simulator-control.js';
export { type FaultServers, startFaultServers } from './servers/fault-servers.js';
export { type SimulatorOptions, startSimulator, type TestSimulator } from './simulator/start-simulator.js';
export { waitFor, type WaitOptions } from './waiting/wait-for.js';
