import type { CrmSchemaReading } from '@app/crm';

/** What a tenant's CRM held when it was last read. */
export interface SchemaSnapshot extends CrmSchemaReading {
  /** Counts up with every discovery that found something changed; of one portal. */
  version: number;
  discoveredAt: Date;
}

export interface SchemaSnapshots {
  /** The newest one of the portal that is connected now. Undefined: nothing was discovered yet. */
  current(tenantId: string): Promise<SchemaSnapshot | undefined>;
}

/** Nest injection token. */
export const SCHEMA_SNAPSHOTS = Symbol('SchemaSnapshots');
