import type { AppError } from '@app/platform';
import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { acceptsPages, escapeHtml, sendPage } from '../pages/page.js';
import { CONNECT_PATH } from './settings-address.js';

/** For routes that people reach by following links: the same problem as a page, for whoever accepts one. */
@Catch()
export class ProblemPageFilter extends ProblemFilter {
  protected override answer(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
    if (!acceptsPages(request)) {
      super.answer(request, reply, error);
      return;
    }
    const { code, reason, trace_id: traceId } = toProblem(error, request.id);
    sendPage(
      reply,
      error.status,
      'HubSpot was not connected',
      `<h1>HubSpot was not connected</h1><p class="banner red">${escapeHtml(error.detail)}</p>
       <p><a class="go" href="${CONNECT_PATH}">Connect HubSpot</a></p>
       <p class="soft">If this goes on, tell whoever runs Threadline: ${escapeHtml([`code ${code}`, reason, traceId].filter(Boolean).join(', '))}</p>`,
    );
  }
}
