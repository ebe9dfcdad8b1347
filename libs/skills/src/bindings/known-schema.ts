import { AppError } from '@app/platform';
import { type ConnectionRepository, hasCredentials } from '@app/tenants';
import type { SchemaSnapshot, SchemaSnapshots } from '../schema/schema-snapshot.js';

/** What bindings are checked against. */
export class KnownSchema {
  constructor(
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly snapshots: SchemaSnapshots,
  ) {}

  /** @throws AppError 1012 `not_connected`, `not_discovered`. */
  async get(tenantId: string): Promise<SchemaSnapshot> {
    if (!hasCredentials(await this.connections.find(tenantId)))
      throw new AppError(1012, 'Connect HubSpot first', { reason: 'not_connected' });
    const snapshot = await this.snapshots.current(tenantId);
    if (snapshot === undefined)
      throw new AppError(1012, 'What HubSpot holds is not known yet: discover it first', { reason: 'not_discovered' });
    return snapshot;
  }
}
