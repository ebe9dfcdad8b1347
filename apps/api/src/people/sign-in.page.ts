import { randomBytes } from 'node:crypto';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { API_ADDRESS, type ApiAddress } from '../access/api-address.js';
import { IdentifyCaller } from '../access/identify-caller.js';
import { pagePolicy } from '../http/security-headers.js';
import { safeNext } from './safe-next.js';
import { renderSignInPage } from './sign-in-page.js';

/** `GET /sign-in?next=/path`: where pages send a browser that is not signed in, and where people sign out. */
@ApiExcludeController()
@Controller('sign-in')
export class SignInPage {
  constructor(
    @Inject(API_ADDRESS) private readonly address: ApiAddress,
    @Inject(IdentifyCaller) private readonly identify: IdentifyCaller,
  ) {}

  @Get()
  @Open()
  async show(@Query('next') next: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.identify.bySession(request);
    const nonce = randomBytes(16).toString('base64');
    void reply
      .header('Content-Security-Policy', pagePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(renderSignInPage({ nonce, next: safeNext(next, this.address.publicUrl), signedInAs: caller?.email }));
  }
}
