import { FEATURES } from '@app/hubspot';
import { CONNECTION_STATUSES, type Connection } from '@app/tenants';
import { ApiProperty } from '@nestjs/swagger';

export class ProviderResponse {
  @ApiProperty({ enum: ['hubspot'] })
  provider!: string;
  @ApiProperty({ enum: [...CONNECTION_STATUSES], enumName: 'ConnectionStatus' })
  status!: string;
  @ApiProperty({ example: 'acme.com', required: false, description: 'The portal, for people' })
  accountLabel?: string;
}

export class ScopeResponse {
  @ApiProperty({ example: 'crm.objects.contacts.read' })
  scope!: string;
  @ApiProperty({ example: 'To find the contact of a conversation', description: 'For whoever grants it' })
  reason!: string;
  @ApiProperty({ description: 'Of every connection' })
  required!: boolean;
  @ApiProperty({ enum: [...FEATURES], enumName: 'HubSpotFeature', isArray: true, example: [] })
  features!: string[];
  @ApiProperty({ required: false, description: 'Absent where that can’t be read', example: true })
  granted?: boolean;
}

export class ConnectResponse {
  @ApiProperty({ required: false, enum: ['connected'], description: 'The given token connected at once' })
  status?: string;
  @ApiProperty({
    example: 'https://threadline.example/integrations/hubspot/oauth/start?ticket=Q2VydGFpbmx5',
    required: false,
    format: 'uri',
    description: 'To be opened by a signed-in admin, within ten minutes',
  })
  oauthUrl?: string;
}

export class ConnectionProblemResponse {
  @ApiProperty({ example: 'token_rejected' })
  reason!: string;
  @ApiProperty({
    description: 'What to do',
    example: 'HubSpot no longer accepts the token: make a new one and connect again.',
  })
  detail!: string;
  @ApiProperty({ type: [String], required: false })
  missingScopes?: string[];
}

export class ConnectionResponse {
  @ApiProperty({ enum: [...CONNECTION_STATUSES], enumName: 'ConnectionStatus', example: 'active' })
  status!: string;
  @ApiProperty({ required: false, format: 'date-time' })
  statusSince?: string;
  @ApiProperty({ required: false, enum: ['oauth', 'token'], example: 'oauth' })
  kind?: string;
  @ApiProperty({ required: false, example: '62515' })
  portalId?: string;
  @ApiProperty({
    required: false,
    description: 'Absent for a static token: HubSpot does not tell it',
    example: 'acme.com',
  })
  portalDomain?: string;
  @ApiProperty({
    required: false,
    description: "Host of HubSpot's own pages for this portal",
    example: 'app.hubspot.com',
  })
  uiDomain?: string;
  @ApiProperty({ required: false, example: 'ada@acme.com' })
  user?: string;
  @ApiProperty({
    type: [String],
    required: false,
    description: 'Absent: can’t be read for this kind of token',
    example: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  })
  scopes?: string[];
  @ApiProperty({ required: false, format: 'date-time', example: '2026-11-21T10:00:00.000Z' })
  connectedAt?: string;
  @ApiProperty({ required: false, format: 'date-time', example: '2026-11-21T10:00:00.000Z' })
  enabledAt?: string;
  @ApiProperty({ type: ConnectionProblemResponse, required: false })
  problem?: ConnectionProblemResponse;
}

export function toConnectionResponse(connection: Connection): ConnectionResponse {
  const { statusSince, connectedAt, enabledAt, timeZone: _timeZone, ...rest } = connection;
  return {
    ...rest,
    statusSince: statusSince?.toISOString(),
    connectedAt: connectedAt?.toISOString(),
    enabledAt: enabledAt?.toISOString(),
  };
}
