import { CONNECTION_STATUSES, type Connection } from '@app/tenants';
import { ApiProperty } from '@nestjs/swagger';

export class ProviderResponse {
  @ApiProperty({ enum: ['hubspot'] })
  provider!: string;
  @ApiProperty({ enum: [...CONNECTION_STATUSES], enumName: 'ConnectionStatus' })
  status!: string;
  @ApiProperty({ required: false, description: 'The portal, for people' })
  accountLabel?: string;
}

export class ConnectResponse {
  @ApiProperty({ required: false, enum: ['connected'], description: 'The given token connected at once' })
  status?: string;
  @ApiProperty({ required: false, format: 'uri', description: 'To be opened by a signed-in admin, within ten minutes' })
  oauthUrl?: string;
}

export class ConnectionProblemResponse {
  @ApiProperty({ example: 'token_rejected' })
  reason!: string;
  @ApiProperty({ description: 'What to do' })
  detail!: string;
  @ApiProperty({ type: [String], required: false })
  missingScopes?: string[];
}

export class ConnectionResponse {
  @ApiProperty({ enum: [...CONNECTION_STATUSES], enumName: 'ConnectionStatus' })
  status!: string;
  @ApiProperty({ required: false, format: 'date-time' })
  statusSince?: string;
  @ApiProperty({ required: false, enum: ['oauth', 'token'] })
  kind?: string;
  @ApiProperty({ required: false })
  portalId?: string;
  @ApiProperty({ required: false, description: 'Absent for a static token: HubSpot does not tell it' })
  portalDomain?: string;
  @ApiProperty({ required: false, description: "Host of HubSpot's own pages for this portal" })
  uiDomain?: string;
  @ApiProperty({ required: false })
  user?: string;
  @ApiProperty({ type: [String], required: false, description: 'Absent: can’t be read for this kind of token' })
  scopes?: string[];
  @ApiProperty({ required: false, format: 'date-time' })
  connectedAt?: string;
  @ApiProperty({ required: false, format: 'date-time' })
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
