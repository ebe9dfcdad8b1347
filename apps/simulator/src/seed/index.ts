export { seedRecords } from './seed-records.js';
export type { SeedOptions } from './seed-types.js';
