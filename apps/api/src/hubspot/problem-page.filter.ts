import type { AppError } from '@app/platform';
import { Catch } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../http/problem.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { acceptsPages, escapeHtml, sendPage } from '../pages/page.js';
import { signInAddress } from './require-admin.js';
import { CONNECT_PATH, SETTINGS_PATH } from './settings-address.js';

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
       <p>${wayOn(error)}</p>
       <p class="soft">If this goes on, tell whoever runs Threadline: ${escapeHtml([`code ${code}`, reason, traceId].filter(Boolean).join(', '))}</p>`,
    );
  }
}

/** Pressing Connect again helps in every case but where the wrong person, or nobody, is signed in. */
function wayOn({ code, details }: AppError): string {
  if (code === 2012) return link(signInAddress(SETTINGS_PATH), 'Sign in');
  if (details.reason === 'admin_required') return link(signInAddress(SETTINGS_PATH), 'Sign in as an admin');
  return link(CONNECT_PATH, 'Connect HubSpot');
}

function link(address: string, text: string): string {
  return `<a class="go" href="${escapeHtml(address)}">${text}</a>`;
}
