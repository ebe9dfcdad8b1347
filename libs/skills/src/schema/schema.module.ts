import { CRM_SCHEMA, type CrmSchema } from '@app/crm';
import { CLOCK, type Clock, Database } from '@app/platform';
import { AuditLog, ConnectionRepository } from '@app/tenants';
import { Global, Module } from '@nestjs/common';
import { CurrentSchema } from './current-schema.js';
import { DiscoverSchema } from './discover-schema.js';
import { FreshSchema } from './fresh-schema.js';
import { SchemaListeners } from './schema-listener.js';
import { SchemaSnapshotRepository } from './schema-snapshot.repository.js';
import { SCHEMA_SNAPSHOTS, type SchemaSnapshots } from './schema-snapshot.js';

/**
 * What the CRM holds: discovered, kept, searched. Needs CRM_SCHEMA (whoever speaks to the CRM), Database, CLOCK, and what
 * `TenantsModule` provides, from global modules. Global itself, so that who asks for SCHEMA_SNAPSHOTS where it may be
 * missing doesn't go without by mistake. Who depends on the schema adds itself to SchemaListeners when it starts.
 */
@Global()
@Module({
  providers: [
    SchemaListeners,
    {
      provide: SchemaSnapshotRepository,
      inject: [Database, ConnectionRepository, SchemaListeners, AuditLog, CLOCK],
      useFactory: (
        database: Database,
        connections: ConnectionRepository,
        listeners: SchemaListeners,
        audit: AuditLog,
        clock: Clock,
      ) => new SchemaSnapshotRepository(database, connections, listeners, audit, clock),
    },
    {
      provide: CurrentSchema,
      inject: [SchemaSnapshotRepository, CLOCK],
      useFactory: (snapshots: SchemaSnapshotRepository, clock: Clock) => new CurrentSchema(snapshots, clock),
    },
    { provide: SCHEMA_SNAPSHOTS, useExisting: CurrentSchema },
    {
      provide: DiscoverSchema,
      inject: [Database, ConnectionRepository, CRM_SCHEMA, SchemaSnapshotRepository, CurrentSchema, CLOCK],
      useFactory: (
        database: Database,
        connections: ConnectionRepository,
        crm: CrmSchema,
        snapshots: SchemaSnapshotRepository,
        schema: CurrentSchema,
        clock: Clock,
      ) => new DiscoverSchema(database, connections, crm, snapshots, schema, clock),
    },
    {
      provide: FreshSchema,
      inject: [ConnectionRepository, SCHEMA_SNAPSHOTS, DiscoverSchema],
      useFactory: (connections: ConnectionRepository, snapshots: SchemaSnapshots, discover: DiscoverSchema) =>
        new FreshSchema(connections, snapshots, discover),
    },
  ],
  exports: [SchemaListeners, CurrentSchema, SCHEMA_SNAPSHOTS, DiscoverSchema, FreshSchema],
})
export class SchemaModule {}
