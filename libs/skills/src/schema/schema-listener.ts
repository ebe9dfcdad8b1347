import type { EntityManager } from 'typeorm';
import type { SchemaDifference } from './compare-schemas.js';
import type { SchemaSnapshot } from './schema-snapshot.js';

/** Whoever keeps something that depends on the schema. */
export interface SchemaListener {
  /**
   * There is a new version; what follows from it is stored with it or not at all. `difference`: from the version before;
   * undefined for a portal's first. It holds the connection's row, so that the portal can't change meanwhile.
   */
  changed(tenantId: string, snapshot: SchemaSnapshot, tx: EntityManager, difference?: SchemaDifference): Promise<void>;
}

/** All that want to hear of new versions. Modules add theirs when they start. */
export class SchemaListeners implements SchemaListener {
  private readonly listeners: SchemaListener[] = [];

  add(listener: SchemaListener): void {
    this.listeners.push(listener);
  }

  /** One after the other, in the order in which they were added: one transaction takes one statement at a time. */
  async changed(...told: Parameters<SchemaListener['changed']>): Promise<void> {
    for (const listener of this.listeners) await listener.changed(...told);
  }
}
