import { BeginOAuth, FEATURES } from '@app/hubspot';
import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { ProblemPageFilter } from './problem-page.filter.js';
import { requireAdmin, signInAddress } from './require-admin.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './signed-in-user.js';

/**
 * `/settings/integrations/hubspot/connect?feature=…`: the link behind **Login to HubSpot**. An address rather than a call,
 * so that the browser opens it in a tab of its own without asking. Nothing happens to the connection before an admin has
 * agreed on HubSpot's own page.
 */
@ApiExcludeController()
@Controller('settings/integrations/hubspot/connect')
@UseFilters(ProblemPageFilter)
export class ConnectPageController {
  constructor(
    @Inject(BeginOAuth) private readonly beginOAuth: BeginOAuth,
    @Inject(FIND_SIGNED_IN_USER) private readonly findSignedInUser: FindSignedInUser,
  ) {}

  @Get()
  @Open()
  async connect(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('feature') asked?: unknown,
  ): Promise<void> {
    const user = await this.findSignedInUser(request);
    if (user === undefined) {
      void reply.redirect(signInAddress(request.url), 302);
      return;
    }
    const { tenantId } = requireAdmin(user);
    const names: unknown[] = Array.isArray(asked) ? asked : [asked];
    const features = FEATURES.filter((feature) => names.includes(feature));
    void reply.redirect(await this.beginOAuth.execute(tenantId, features), 302);
  }
}
