export { SCHEMA_SNAPSHOTS, type SchemaSnapshot, type SchemaSnapshots } from './schema/schema-snapshot.js';
