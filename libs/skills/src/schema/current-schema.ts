import type { CrmSchemaReading } from '@app/crm';
import { type Clock, ShortLived } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { SchemaIndex } from './search/schema-index.js';
import type { SchemaSnapshotRepository } from './schema-snapshot.repository.js';
import type { SchemaSnapshot, SchemaSnapshots } from './schema-snapshot.js';

/** A large portal's schema takes a few MB in memory, and its index as much again. */
const LIFE_MS = 10 * 60_000;
const SCHEMAS = 50;

interface Held {
  reading: CrmSchemaReading;
  /** Built for the first who searches. */
  index?: SchemaIndex;
}

/**
 * The newest schema of each tenant. Which version that is is asked every time, what it holds is remembered by its
 * fingerprint: so nobody ever sees an old one, and nothing has to be forgotten.
 */
export class CurrentSchema implements SchemaSnapshots {
  private readonly held: ShortLived<Held | undefined>;

  constructor(
    private readonly snapshots: Pick<SchemaSnapshotRepository, 'findMark' | 'findReading' | 'findNewestIn'>,
    clock: Clock,
  ) {
    this.held = new ShortLived(clock, { lifeMs: (held) => (held === undefined ? 0 : LIFE_MS), most: SCHEMAS });
  }

  async current(tenantId: string, tx?: EntityManager): Promise<SchemaSnapshot | undefined> {
    if (tx !== undefined) return this.snapshots.findNewestIn(tx, tenantId);
    return (await this.find(tenantId))?.snapshot;
  }

  /** With the index over it. */
  async searchable(tenantId: string): Promise<{ snapshot: SchemaSnapshot; index: SchemaIndex } | undefined> {
    const found = await this.find(tenantId);
    if (found === undefined) return undefined;
    const { held, snapshot } = found;
    held.index ??= new SchemaIndex(held.reading);
    return { snapshot, index: held.index };
  }

  private async find(tenantId: string): Promise<{ held: Held; snapshot: SchemaSnapshot } | undefined> {
    const mark = await this.snapshots.findMark(tenantId);
    if (mark === undefined) return undefined;
    const held = await this.held.get(`${tenantId}:${mark.fingerprint}`, async () => {
      const reading = await this.snapshots.findReading(tenantId, mark);
      return reading && { reading };
    });
    if (held === undefined) return undefined;
    return { held, snapshot: { ...held.reading, version: mark.version, discoveredAt: mark.discoveredAt } };
  }
}
