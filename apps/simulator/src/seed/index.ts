export { seedRecords } from './seed-records.js';
export type { SeedAssociation, SeedData, SeedOptions, SeedRecord } from './seed-types.js';
