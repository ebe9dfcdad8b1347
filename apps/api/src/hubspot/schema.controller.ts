import { AppError } from '@app/platform';
import { CurrentSchema, DiscoverSchema, refuseDiscovery, type SchemaSnapshot } from '@app/skills';
import { ConnectionRepository, hasCredentials } from '@app/tenants';
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { IntegerField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/page.js';
import {
  CrmObjectResponse,
  CrmObjectSummaryResponse,
  DiscoveryResponse,
  SchemaHitResponse,
  toDiscoveryResponse,
  toHitResponse,
  toObjectResponse,
  toObjectSummary,
  toWithheldSummary,
} from './schema.response.js';

class SearchSchemaQuery {
  @TextField({
    max: 200,
    example: 'close date of an opportunity',
    description: 'Words, the beginning of one, or typos',
  })
  q!: string;

  @TextField({ optional: true, max: 200, description: 'Name of the only object whose fields are looked at' })
  object?: string;

  @IntegerField({ optional: true, min: 1, max: 50, default: 20, fromText: true, description: 'Hits at most' })
  limit?: number;
}

@ApiTags('HubSpot schema')
@Controller('integrations/hubspot')
export class SchemaController {
  constructor(
    @Inject(DiscoverSchema) private readonly discoverSchema: DiscoverSchema,
    @Inject(CurrentSchema) private readonly schema: CurrentSchema,
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
  ) {}

  @Post('discover')
  @HttpCode(200)
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({
    summary: 'Reads what HubSpot holds: objects, fields, pipelines, how records can be tied',
    description:
      'Some 25 calls of HubSpot, and a few for each custom object; answered within 30 seconds, mostly in a few. Who asks while one is under way gets its answer. What the connection’s scopes withhold is told with the scopes to grant.',
  })
  @Answers(DiscoveryResponse)
  @Refuses(2004, 2005, 2010, 2012, 3002, 3004)
  async discover(@TenantId() tenantId: string): Promise<{ data: DiscoveryResponse }> {
    const discovery = await this.discoverSchema.execute(tenantId);
    if (discovery.state !== 'discovered') throw refuseDiscovery(discovery, 2010);
    return { data: toDiscoveryResponse(discovery) };
  }

  @Get('objects')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'Objects by name: what may be done with each, or which scopes it lacks' })
  @Answers(CrmObjectSummaryResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2010, 2011, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() { limit = 50, cursor }: PageQuery,
  ): Promise<{ data: CrmObjectSummaryResponse[]; nextCursor?: string }> {
    const { objects, withheld } = await this.read(tenantId);
    const after = readNameCursor(cursor);
    const summaries = [...objects.map(toObjectSummary), ...withheld.map(toWithheldSummary)]
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => after === undefined || name > after);
    const data = summaries.slice(0, limit);
    const last = data.at(-1);
    if (summaries.length <= limit || last === undefined) return { data };
    return { data, nextCursor: Buffer.from(last.name).toString('base64url') };
  }

  @Get('objects/:object')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'One object with its fields, what a search may ask of each, its pipelines and ties' })
  @ApiParam({ name: 'object', description: 'Its name or type id', example: 'deals' })
  @Answers(CrmObjectResponse)
  @Refuses(2004, 2005, 2010, 2011, 2012)
  async get(@TenantId() tenantId: string, @Param('object') asked: string): Promise<{ data: CrmObjectResponse }> {
    const { objects, withheld } = await this.read(tenantId);
    const isMeant = ({ name }: { name: string }): boolean => name.toLowerCase() === asked.toLowerCase();
    const object = objects.find((one) => isMeant(one) || one.typeId === asked);
    if (object !== undefined) return { data: toObjectResponse(object) };
    const unseen = withheld.find(isMeant);
    if (unseen === undefined) throw new AppError(2011, 'HubSpot holds no such object', { reason: 'unknown_object' });
    const { label, missingScopes } = unseen;
    throw new AppError(
      2011,
      `${label} can’t be seen: grant ${missingScopes.join(', ')} in HubSpot and discover again`,
      {
        reason: 'withheld',
        extra: { missing_scopes: missingScopes },
      },
    );
  }

  @Get('search')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({
    summary: 'Objects and fields by words: labels, names, options, synonyms; the best first',
    description: 'Searches what was discovered; HubSpot is not asked.',
  })
  @Answers(SchemaHitResponse, { list: true })
  @Refuses(1001, 1002, 2004, 2005, 2010, 2011, 2012)
  async search(
    @TenantId() tenantId: string,
    @Query() { q, object, limit }: SearchSchemaQuery,
  ): Promise<{ data: SchemaHitResponse[] }> {
    if (q.trim() === '')
      throw new AppError(1002, 'q must not be empty', { errors: [{ field: 'q', message: 'must not be empty' }] });
    await this.refuseUnconnected(tenantId);
    const found = await this.schema.searchable(tenantId);
    if (found === undefined) throw notDiscovered();
    return { data: found.index.search(q, { object, limit }).map(toHitResponse) };
  }

  /** @throws AppError 2010, 2011 */
  private async read(tenantId: string): Promise<SchemaSnapshot> {
    await this.refuseUnconnected(tenantId);
    const snapshot = await this.schema.current(tenantId);
    if (snapshot === undefined) throw notDiscovered();
    return snapshot;
  }

  private async refuseUnconnected(tenantId: string): Promise<void> {
    const connection = await this.connections.find(tenantId);
    if (!hasCredentials(connection))
      throw refuseDiscovery({ state: 'not_connected', detail: 'HubSpot is not connected' }, 2010);
  }
}

function notDiscovered(): AppError {
  return new AppError(2011, 'Nothing was discovered yet: POST …/discover reads what HubSpot holds', {
    reason: 'not_discovered',
  });
}

/** The last name of the page before. @throws AppError 1002 */
function readNameCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (name !== '' && Buffer.from(name).toString('base64url') === cursor) return name;
  throw new AppError(1002, 'cursor is not one of ours', {
    errors: [{ field: 'cursor', message: 'is not one of ours' }],
  });
}
