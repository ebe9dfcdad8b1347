export { type Exchange } from './contract.js';
export { knownDeviations, type KnownDeviation } from './known-deviations.js';
export { specsAvailable, specsFolder } from './specs-folder.js';
export { hubspotContract, validateExchange } from './validate-exchange.js';
