import { FinishOAuth, StartOAuth } from '@app/hubspot';
import { WAKE_UPS, type WakeUps } from '@app/transcripts';
import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { Refuses } from '../http/answers.js';
import { acceptsPages } from '../pages/page.js';
import { ProblemPageFilter } from './problem-page.filter.js';
import { requireAdmin, signInAddress } from './require-admin.js';
import { SETTINGS_PATH } from './settings-address.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './signed-in-user.js';
import { readStateCookie, writeStateCookie } from './state-cookie.js';

type OAuthQuery = Record<string, unknown>;

/** The two addresses of connecting by OAuth that a browser visits. No API key opens them: an admin must be signed in. */
@ApiTags('HubSpot connection')
@Controller('integrations/hubspot/oauth')
@UseFilters(ProblemPageFilter)
export class OAuthController {
  constructor(
    @Inject(StartOAuth) private readonly startOAuth: StartOAuth,
    @Inject(FinishOAuth) private readonly finishOAuth: FinishOAuth,
    @Inject(WAKE_UPS) private readonly wakeUps: WakeUps,
    @Inject(FIND_SIGNED_IN_USER) private readonly findSignedInUser: FindSignedInUser,
  ) {}

  @Get('start')
  @Open()
  @ApiCookieAuth('session')
  @ApiOperation({ summary: "For browsers: takes the ticket of POST connect and leads to HubSpot's consent page" })
  @ApiQuery({ name: 'ticket', required: true, type: String })
  @ApiResponse({ status: 302, description: "HubSpot's consent page, or sign-in first" })
  @Refuses(2005, 2012, 2014)
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: OAuthQuery): Promise<void> {
    const user = await this.findSignedInUser(request);
    if (user === undefined && acceptsPages(request)) {
      void reply.redirect(signInAddress(request.url), 302);
      return;
    }
    const { tenantId, userId } = requireAdmin(user);
    const cookie = readStateCookie(request.headers.cookie);
    const started = await this.startOAuth.execute({ tenantId, userId }, textIn(query['ticket']), cookie);
    void reply
      .header('set-cookie', writeStateCookie(started.cookie, { secure: started.isSecure }))
      .header('referrer-policy', 'no-referrer')
      .redirect(started.consentUrl, 302);
  }

  @Get('callback')
  @Open()
  @ApiCookieAuth('session')
  @ApiOperation({ summary: 'For browsers: where HubSpot sends the admin back to' })
  @ApiQuery({ name: 'code', required: false, type: String })
  @ApiQuery({ name: 'state', required: false, type: String })
  @ApiQuery({ name: 'error', required: false, type: String })
  @ApiResponse({ status: 302, description: 'Settings → Integrations' })
  @Refuses(1012, 2005, 2012, 2014, 3002, 3004)
  async callback(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: OAuthQuery,
  ): Promise<void> {
    const { tenantId, userId } = requireAdmin(await this.findSignedInUser(request));
    const answer = { code: textIn(query['code']), state: textIn(query['state']), error: textIn(query['error']) };
    const cookie = readStateCookie(request.headers.cookie);
    const finished = await this.finishOAuth.execute({ tenantId, userId }, answer, cookie);
    if (finished.outcome === 'connected' && finished.connection.status === 'active') this.wakeUps.wake(tenantId);
    void reply.header('referrer-policy', 'no-referrer').redirect(`${SETTINGS_PATH}?connect=${finished.outcome}`, 302);
  }
}

/** A parameter given twice, or as an object, is as good as none. */
function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
