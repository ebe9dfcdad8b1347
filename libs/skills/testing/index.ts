export { anInput, aSearch, aWrite } from './example-bindings.js';
export { aField, anObject, anOption, aTie, exampleSnapshot } from './example-snapshot.js';
export { randomCreates, randomSearches } from './random-bindings.js';
export { type Known, type RandomRun, randomSearchRun, randomWriteRun } from './random-runs.js';
export { randomObjects } from './random-schema.js';
export { packPortal, packPortalWith, tickets } from './pack-portal.js';
