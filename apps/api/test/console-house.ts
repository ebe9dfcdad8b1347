import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  type SpawnedProgram,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import type { Page } from 'playwright-core';
import { Client } from 'pg';
import { Chromium } from './chromium.js';

const CALLBACK = '/integrations/hubspot/oauth/callback';

/** API, worker and simulator running, one tenant with an admin, and a browser: what the console's journeys begin with. */
export class ConsoleHouse {
  private constructor(
    readonly chromium: Chromium,
    readonly simulator: TestSimulator,
    readonly database: TestDatabase,
    /** Looks behind row-level security. */
    readonly sql: Client,
    readonly credentials: AppCredentials,
    private readonly programs: { api: StartedApi; worker: SpawnedProgram },
  ) {}

  /** @param more variables of the programs. */
  static async open(more: Readonly<Record<string, string>> = {}): Promise<ConsoleHouse> {
    const app = { clientId: 'threadline-console', clientSecret: randomBytes(24).toString('hex') };
    const [chromium, simulator, database] = await Promise.all([
      Chromium.launch(),
      startSimulator(),
      createTestDatabase(),
    ]);
    const extra = { HUBSPOT_CLIENT_ID: app.clientId, HUBSPOT_CLIENT_SECRET: app.clientSecret, ...more };
    const { env, credentials } = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url, extra });
    const [api, worker] = await Promise.all([startApi({ env }), startWorker({ env })]);
    const sql = new Client({ connectionString: database.adminUrl });
    await sql.connect();
    const house = new ConsoleHouse(chromium, simulator, database, sql, credentials, { api, worker });
    await simulator.control.call('POST', '/apps', { ...app, redirectUrls: [house.home + CALLBACK] });
    return house;
  }

  /** As a person types it: the public address, not the one it listens at. */
  get home(): string {
    return this.programs.api.url.replace('127.0.0.1', 'localhost');
  }

  async close(): Promise<void> {
    const { api, worker } = this.programs;
    await Promise.all([this.chromium.close(), this.sql.end(), api.stop(), worker.stop(), this.simulator.stop()]);
    await this.database.drop();
  }

  /** As another system would, with an API key. @returns the answer’s data. */
  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.home + path, {
      method,
      headers: {
        authorization: `Bearer ${this.credentials.apiKey}`,
        ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      },
      body: method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(body ?? {}),
    });
    const answer = (await response.json()) as { data: T; detail?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.detail ?? ''}`);
    return answer.data;
  }

  /** An account in HubSpot with contacts in it, connected by a token of its own. */
  async connect(options: { enable?: boolean } = {}): Promise<{ hubId: number; token: string }> {
    const { hubId, token } = await this.simulator.control.createPortal({ seed: { seed: 7, contacts: 40 } });
    await this.call('POST', '/integrations/hubspot/connect', { accessToken: token });
    if (options.enable === true) {
      await this.call('POST', '/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
    }
    return { hubId, token };
  }

  /** Without the form, which has journeys of its own. */
  async signIn(page: Page, path: string, who: { email: string; password: string } = this.admin): Promise<void> {
    await signInByCall(page, this.home, who);
    await page.goto(this.home + path);
  }

  get admin(): { email: string; password: string } {
    return { email: this.credentials.adminEmail, password: this.credentials.adminPassword };
  }
}

/** The browser keeps the cookie as if its form had been sent. */
export async function signInByCall(page: Page, home: string, data: { email: string; password: string }): Promise<void> {
  const answer = await page.request.post(`${home}/auth/login`, { data, headers: { origin: home } });
  if (!answer.ok()) throw new Error(`${data.email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

export async function fillIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What stands in someone's way who can't see the page, or not well; nothing serious is let through. */
export async function expectAccessible(page: Page): Promise<void> {
  // In the page itself, which has no frames, rather than in a second tab; and only what is wrong is described: the rules
  // are the same, in a third of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(serious).toEqual([]);
}
