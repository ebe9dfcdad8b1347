import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { AdmitCaller } from './admit-caller.js';

/** Come without a body, so the guard is early enough; there a page can be shown instead of a refusal. */
const WITHOUT_BODY: readonly string[] = ['GET', 'HEAD'];

/** Nest's guards run after the body was read and parsed: whoever may not call must not cost us that. */
@Injectable()
export class AdmitBeforeBody implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(AdmitCaller) private readonly admit: AdmitCaller,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config.threadline ?? {};
      if (access !== undefined && !WITHOUT_BODY.includes(request.method)) await this.admit.execute(request, access);
    });
  }
}
