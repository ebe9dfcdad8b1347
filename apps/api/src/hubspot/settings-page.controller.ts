import { BeginOAuth, type Feature, FEATURES, SCOPES } from '@app/hubspot';
import { type Connection, ConnectionRepository, WritebackSettingsRepository } from '@app/tenants';
import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { escapeHtml, sendPage } from '../pages/page.js';
import { ProblemPageFilter } from './problem-page.filter.js';
import { requireAdmin, signInAddress } from './require-admin.js';
import { CONNECT_PATH, SETTINGS_PATH } from './settings-address.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './signed-in-user.js';

const BANNERS: Record<Connection['status'], { colour: string; text: string }> = {
  disconnected: { colour: 'grey', text: 'HubSpot is not connected.' },
  connected: { colour: 'yellow', text: 'HubSpot is connected. Syncing is not enabled yet.' },
  active: { colour: 'green', text: 'HubSpot is connected and syncing.' },
  inactive: { colour: 'grey', text: 'The connection is inactive. History and settings are kept.' },
  attention: { colour: 'red', text: 'HubSpot refuses the connection: someone must act.' },
};

const MESSAGES: Record<string, string> = {
  connected: 'HubSpot agreed, and the connection was stored.',
  declined: 'Nothing was connected: the request was declined in HubSpot.',
};

const FEATURE_NAMES: Record<Feature, string> = {
  skills: 'Skills for AI agents',
  custom_objects: 'Custom objects',
  workflow: 'Workflow action',
  import: 'Import of records',
};

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

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
      `<p class="soft top"><span>Settings → Integrations</span> <a href="${escapeHtml(signInAddress(SETTINGS_PATH))}">Sign out</a></p><h1>HubSpot</h1>`,
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
    ['Connected since', moment(connection.connectedAt)],
    ['Syncing since', moment(connection.enabledAt)],
    ['Granted', connection.scopes?.join(', ')],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  return known.length === 0 ? '' : list(known);
}

const moment = (at: Date | undefined): string | undefined => at && `${MOMENT.format(at)} UTC`;

function list(entries: readonly (readonly [string, string])[]): string {
  const rows = entries.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>${rows.join('')}</dl>`;
}

function connectForm({ status, scopes = [] }: Connection): string {
  const boxes = FEATURES.map((feature) => {
    const needed = SCOPES.filter(({ for: use }) => use !== 'required' && use.includes(feature));
    const isGranted = needed.every(({ scope }) => scopes.includes(scope));
    const why = list(needed.map(({ scope, reason }) => [scope, reason]));
    return `<label><input type="checkbox" name="feature" value="${feature}"${isGranted ? ' checked' : ''}> ${FEATURE_NAMES[feature]}</label>
      <details><summary>What HubSpot is asked for</summary>${why}</details>`;
  });
  const required = SCOPES.filter(({ for: use }) => use === 'required');
  const why = list(required.map(({ scope, reason }) => [scope, reason]));
  return `<form method="get" action="${CONNECT_PATH}"><h2>Always asked for</h2>${why}
    <h2>Also ask for</h2>${boxes.join('')}
    <p><button class="go">${status === 'disconnected' ? 'Connect HubSpot' : 'Connect HubSpot again'}</button></p></form>
    <p class="soft">You need to be a Super Admin in HubSpot or have App Marketplace Access: in HubSpot, Settings → Users &amp; Teams, open your
    user and look under Access. If HubSpot says “App not found”, the link is older than the app's present client id: connect again from here.</p>`;
}
