import { BeginOAuth, FEATURES, SCOPES } from '@app/hubspot';
import { type Connection, ConnectionRepository, WritebackSettingsRepository } from '@app/tenants';
import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { escapeHtml, sendPage } from '../pages/page.js';
import { ProblemPageFilter } from './problem-page.filter.js';
import { requireAdmin, signInAddress } from './require-admin.js';
import { CONNECT_PATH } from './settings-address.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './signed-in-user.js';

const BANNERS: Record<Connection['status'], { colour: string; text: string }> = {
  disconnected: { colour: 'grey', text: 'HubSpot is not connected.' },
  connected: { colour: 'yellow', text: 'HubSpot is connected. Syncing is not enabled yet.' },
  active: { colour: 'green', text: 'HubSpot is connected and syncing.' },
  inactive: { colour: 'grey', text: 'The connection is inactive. History and settings are kept.' },
  attention: { colour: 'red', text: 'HubSpot refuses the connection: someone must act.' },
};

const MESSAGES: Record<string, string> = {
  connected: 'HubSpot is connected.',
  declined: 'Nothing was connected: the request was declined in HubSpot.',
};

/** Settings → Integrations → HubSpot as a page of its own: where the consent page leads back to. */
@ApiExcludeController()
@Controller('settings/integrations/hubspot')
@UseFilters(ProblemPageFilter)
export class SettingsPageController {
  constructor(
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
    @Inject(WritebackSettingsRepository) private readonly settings: WritebackSettingsRepository,
    @Inject(BeginOAuth) private readonly beginOAuth: BeginOAuth,
    @Inject(FIND_SIGNED_IN_USER) private readonly findSignedInUser: FindSignedInUser,
  ) {}

  @Get()
  @Open()
  async show(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('connect') outcome?: unknown,
  ): Promise<void> {
    const user = await this.findSignedInUser(request);
    if (user === undefined) {
      void reply.redirect(signInAddress(request.url), 302);
      return;
    }
    const connection = await this.connections.find(user.tenantId);
    const { mode } = await this.settings.get(user.tenantId);
    const message = typeof outcome === 'string' ? MESSAGES[outcome] : undefined;
    const parts = [
      '<p class="soft">Settings → Integrations</p><h1>HubSpot</h1>',
      message === undefined ? '' : `<p role="status"><strong>${escapeHtml(message)}</strong></p>`,
      banner(connection, mode === 'off'),
      details(connection),
      user.role === 'admin' ? connectForm(connection) : '<p class="soft">An admin connects HubSpot.</p>',
    ];
    sendPage(reply, 200, 'HubSpot', parts.join(''));
  }

  /** Behind the button. Nothing happens to the connection before an admin has agreed on HubSpot's own page. */
  @Get('connect')
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

function banner({ status, problem }: Connection, isOff: boolean): string {
  const { colour, text } = BANNERS[status];
  const off = status === 'active' && isOff ? ' It is not writing transcripts.' : '';
  const why = problem === undefined ? '' : ` ${problem.detail}`;
  return `<p class="banner ${colour}">${escapeHtml(text + off + why)}</p>`;
}

function details(connection: Connection): string {
  const facts: [string, string | undefined][] = [
    ['HubSpot user', connection.user],
    ['Account', [connection.portalDomain, connection.portalId].filter(Boolean).join(' · ') || undefined],
    ['Connected since', connection.connectedAt?.toISOString()],
    ['Syncing since', connection.enabledAt?.toISOString()],
    ['Granted', connection.scopes?.join(', ')],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  if (known.length === 0) return '';
  return `<dl>${known.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

function connectForm({ status, scopes = [] }: Connection): string {
  const boxes = FEATURES.map((feature) => {
    const needed = SCOPES.filter(({ for: use }) => use !== 'required' && use.includes(feature));
    const isGranted = needed.every(({ scope }) => scopes.includes(scope));
    const why = needed.map(({ scope, reason }) => `${scope}: ${reason}`).join('; ');
    return `<label><input type="checkbox" name="feature" value="${feature}"${isGranted ? ' checked' : ''}> ${feature.replace('_', ' ')} <small>${escapeHtml(why)}</small></label>`;
  });
  const asked = SCOPES.filter(({ for: use }) => use === 'required');
  const why = asked.map(({ scope, reason }) => `<dt>${scope}</dt><dd>${escapeHtml(reason)}</dd>`).join('');
  return `<form method="get" action="${CONNECT_PATH}"><h2>Always asked for</h2><dl>${why}</dl>
    <h2>Also ask for</h2>${boxes.join('')}
    <p><button class="go">${status === 'disconnected' ? 'Connect HubSpot' : 'Connect HubSpot again'}</button></p></form>
    <p class="soft">You need to be a Super Admin in HubSpot or have App Marketplace Access: in HubSpot, Settings → Users &amp; Teams, open your
    user and look under Access. If HubSpot says “App not found”, the link is older than the app's present client id: connect again from here.</p>`;
}
