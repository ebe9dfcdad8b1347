import { BeginOAuth, ConnectByToken, type Feature, FEATURES, SCOPES } from '@app/hubspot';
import {
  type Connection,
  ConnectionRepository,
  DisableSyncing,
  Disconnect,
  EnableSyncing,
  NO_MATCH_POLICIES,
  type NoMatchPolicy,
  WRITEBACK_MODES,
  type WritebackMode,
} from '@app/tenants';
import { WAKE_UPS, type WakeUps } from '@app/transcripts';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField, EnumListField, TextField } from '../http/fields.js';
import {
  ConnectionResponse,
  ConnectResponse,
  ProviderResponse,
  ScopeResponse,
  toConnectionResponse,
} from './connection.response.js';

class ConnectRequest {
  @TextField({
    optional: true,
    max: 1_000,
    description: 'A static access token (pat-…) of the portal; left out to connect by OAuth',
  })
  accessToken?: string;

  @EnumListField(FEATURES, {
    name: 'HubSpotFeature',
    optional: true,
    example: ['skills'],
    description:
      'What else HubSpot is connected for: by OAuth its scopes are asked for, a token has its own. `skills` gives every AI agent the Connector Pack',
  })
  features?: Feature[];
}

class EnableRequest {
  @EnumField(WRITEBACK_MODES.filter((mode) => mode !== 'off'), {
    name: 'EnabledMode',
    optional: true,
    example: 'transcript',
    description: 'Required while the mode is off',
  })
  mode?: WritebackMode;

  @EnumField(NO_MATCH_POLICIES, { name: 'NoMatchPolicy', optional: true, example: 'create' })
  onNoMatch?: NoMatchPolicy;
}

/** What Disable leaves of a connection. */
const NOTHING_LEFT = {
  status: 'disconnected',
  kind: undefined,
  portalId: undefined,
  portalDomain: undefined,
  uiDomain: undefined,
  user: undefined,
  scopes: undefined,
  connectedAt: undefined,
  enabledAt: undefined,
};

@ApiTags('HubSpot connection')
@Controller('integrations')
export class ConnectionController {
  constructor(
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
    @Inject(ConnectByToken) private readonly connectByToken: ConnectByToken,
    @Inject(BeginOAuth) private readonly beginOAuth: BeginOAuth,
    @Inject(Disconnect) private readonly disconnect: Disconnect,
    @Inject(DisableSyncing) private readonly disableSyncing: DisableSyncing,
    @Inject(EnableSyncing) private readonly enableSyncing: EnableSyncing,
    @Inject(WAKE_UPS) private readonly wakeUps: WakeUps,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'The providers and whether they are connected' })
  @Answers(ProviderResponse, { list: true })
  @Refuses(2004, 2005, 2012)
  async list(@TenantId() tenantId: string): Promise<{ data: ProviderResponse[] }> {
    const { status, portalDomain, portalId } = await this.connections.find(tenantId);
    return { data: [{ provider: 'hubspot', status, accountLabel: portalDomain ?? portalId }] };
  }

  @Get('hubspot')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'The connection: status, portal, scopes, and what is wrong with it' })
  @Answers(ConnectionResponse)
  @Refuses(2004, 2005, 2012)
  async get(@TenantId() tenantId: string): Promise<{ data: ConnectionResponse }> {
    return { data: toConnectionResponse(await this.connections.find(tenantId)) };
  }

  @Get('hubspot/scopes')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'Every scope HubSpot may be asked for, why, and whether it is granted' })
  @Answers(ScopeResponse, { list: true })
  @Refuses(2004, 2005, 2012)
  async listScopes(@TenantId() tenantId: string): Promise<{ data: ScopeResponse[] }> {
    const { scopes } = await this.connections.find(tenantId);
    const data = SCOPES.map(({ scope, reason, for: use }) => ({
      scope,
      reason,
      required: use === 'required',
      features: use === 'required' ? [] : [...use],
      granted: scopes?.includes(scope),
    }));
    return { data };
  }

  @Post('hubspot/connect')
  @HttpCode(200)
  @Access({ scope: 'integrations:connect', session: 'admin' })
  @ApiOperation({
    summary:
      'Connects a portal by a static access token, which is tested before it is stored; without one, answers where an admin connects by OAuth',
  })
  @Answers(ConnectResponse)
  @Refuses(1002, 1004, 1012, 1015, 2004, 2005, 2012, 3002, 3003, 3004)
  async connect(@TenantId() tenantId: string, @Body() body: ConnectRequest): Promise<{ data: ConnectResponse }> {
    if (body.accessToken === undefined) {
      return { data: { oauthUrl: await this.beginOAuth.execute(tenantId, body.features ?? []) } };
    }
    const connection = await this.connectByToken.execute(tenantId, body.accessToken, body.features);
    if (connection.status === 'active') this.wakeUps.wake(tenantId);
    return { data: { status: 'connected' } };
  }

  @Post('hubspot/enable')
  @HttpCode(200)
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({
    summary: 'Starts syncing: conversations closed from now on are written; nothing from before ever is',
  })
  @Answers(ConnectionResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2010, 2012)
  async enable(@TenantId() tenantId: string, @Body() body: EnableRequest): Promise<{ data: ConnectionResponse }> {
    const connection: Connection = await this.enableSyncing.execute(tenantId, body);
    this.wakeUps.wake(tenantId);
    return { data: toConnectionResponse(connection) };
  }

  @Post('hubspot/disable')
  @HttpCode(200)
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({
    summary: 'The full wipe: tokens, settings, portal and links; what waits is skipped (disabled); conversations stay',
  })
  @Answers(ConnectionResponse, { example: NOTHING_LEFT })
  @Refuses(1004, 1015, 2004, 2005, 2012)
  async disable(@TenantId() tenantId: string): Promise<{ data: ConnectionResponse }> {
    return { data: toConnectionResponse(await this.disableSyncing.execute(tenantId)) };
  }

  @Delete('hubspot')
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({ summary: 'Disconnects: the tokens go, everything else stays and resumes with the next connect' })
  @Answers(ConnectionResponse, { example: { status: 'inactive' } })
  @Refuses(2004, 2005, 2012)
  async end(@TenantId() tenantId: string): Promise<{ data: ConnectionResponse }> {
    return { data: toConnectionResponse(await this.disconnect.execute(tenantId)) };
  }
}
