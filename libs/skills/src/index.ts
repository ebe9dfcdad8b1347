export type { FieldAspect, FieldName, ObjectAspect, SchemaDifference } from './schema/compare-schemas.js';
export { CurrentSchema } from './schema/current-schema.js';
export { DiscoverSchema, type Discovery } from './schema/discover-schema.js';
export { SchemaListeners, type SchemaListener } from './schema/schema-listener.js';
export { SchemaModule } from './schema/schema.module.js';
export {
  countSchema,
  SCHEMA_SNAPSHOTS,
  type SchemaCounts,
  type SchemaSnapshot,
  type SchemaSnapshots,
} from './schema/schema-snapshot.js';
export { legalOperators } from './grammar/legal-operators.js';
export { SchemaIndex, type SchemaHit, type SearchWithin } from './schema/search/schema-index.js';
export { SchemaSnapshots1700000015000 } from './migrations/1700000015000-schema-snapshots.js';
