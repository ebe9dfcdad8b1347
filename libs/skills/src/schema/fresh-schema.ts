import { type Connection, type ConnectionRepository, hasCredentials } from '@app/tenants';
import type { DiscoverSchema } from './discover-schema.js';
import { refuseDiscovery } from './refuse-discovery.js';
import type { SchemaSnapshot, SchemaSnapshots } from './schema-snapshot.js';

/** What the portal holds, for who can't be told to discover it first: discovered on the spot where it is not known. */
export class FreshSchema {
  constructor(
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly snapshots: SchemaSnapshots,
    private readonly discover: Pick<DiscoverSchema, 'execute'>,
  ) {}

  /**
   * What was read before HubSpot was connected anew is read again: other scopes let other things be seen.
   * @throws AppError 1012 `not_connected`; 3002 `hubspot_slow`, `busy`; 3004 `hubspot_down`.
   */
  async get(tenantId: string): Promise<SchemaSnapshot> {
    const connection = await this.connections.find(tenantId);
    if (!hasCredentials(connection))
      throw refuseDiscovery({ state: 'not_connected', detail: 'Connect HubSpot first' }, 1012);
    const known = await this.snapshots.current(tenantId);
    if (known !== undefined && isOf(connection, known)) return known;
    const joined = await this.read(tenantId);
    // One that was just over when HubSpot was connected is not the one that was asked for.
    return isOf(connection, joined) ? joined : this.read(tenantId);
  }

  private async read(tenantId: string): Promise<SchemaSnapshot> {
    const discovery = await this.discover.execute(tenantId);
    if (discovery.state !== 'discovered') throw refuseDiscovery(discovery, 1012);
    return discovery.snapshot;
  }
}

/** Whether it was read since HubSpot was connected: never kept of a reading that began before. */
function isOf({ connectedAt }: Pick<Connection, 'connectedAt'>, { discoveredAt }: SchemaSnapshot): boolean {
  return connectedAt === undefined || discoveredAt >= connectedAt;
}
