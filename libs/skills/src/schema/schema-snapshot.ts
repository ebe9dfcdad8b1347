import type { CrmSchemaReading } from '@app/crm';
import type { EntityManager } from 'typeorm';

/** What a tenant's CRM held when it was last read. Shared between its readers: none of them changes it. */
export interface SchemaSnapshot extends CrmSchemaReading {
  /** Counts up with every discovery that found something changed; of one portal. */
  version: number;
  discoveredAt: Date;
}

export interface SchemaSnapshots {
  /**
   * The newest one of the portal that is connected now, or was until it was disconnected. Undefined: nothing was
   * discovered yet.
   * @param tx a unit of work that has begun: as it sees it, and without another connection.
   */
  current(tenantId: string, tx?: EntityManager): Promise<SchemaSnapshot | undefined>;
}

/** Nest injection token. */
export const SCHEMA_SNAPSHOTS = Symbol('SchemaSnapshots');

export interface SchemaCounts {
  objectCount: number;
  fieldCount: number;
  /** Ways in which records can be tied to others: each direction and each label is one. */
  edgeCount: number;
}

export function countSchema({ objects }: Pick<CrmSchemaReading, 'objects'>): SchemaCounts {
  return {
    objectCount: objects.length,
    fieldCount: objects.reduce((sum, { fields }) => sum + fields.length, 0),
    edgeCount: objects.reduce((sum, { relationships }) => sum + relationships.length, 0),
  };
}
