import { setTimeout as delay } from 'node:timers/promises';
import { PlainFailure } from '../errors/plain-failure.ts';
import type { Conversation } from './conversations.ts';
import type { Portal, Simulator } from './simulator.ts';

const API_VERSION = '2026-09';
const NOTE_TO_CONTACT = 202;
const FIRST_WAIT_MS = 500;
const MOST_TRIES = 10;

/**
 * How most connectors write conversations: one after another, a call for each thing. Looks for the contact by email, then
 * by number, creates it where there is none, and creates the note. Remembers nobody. A 429 is waited out as HubSpot asks
 * (`Retry-After`), or with doubling waits where it doesn't say how long: a second search in the same second costs half a
 * second, not ten.
 */
export class NaiveConnector {
  private readonly url: string;
  private readonly token: string;

  constructor(simulator: Simulator, { token }: Portal) {
    this.url = simulator.url;
    this.token = token;
  }

  async write(conversation: Conversation): Promise<void> {
    const contactId = (await this.find(conversation)) ?? (await this.create(conversation));
    await this.call(`/crm/objects/${API_VERSION}/notes`, {
      properties: { hs_note_body: render(conversation), hs_timestamp: conversation.closedAt },
      associations: [
        {
          to: { id: contactId },
          types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: NOTE_TO_CONTACT }],
        },
      ],
    });
  }

  private async find({ customer: { email, phone } }: Conversation): Promise<string | undefined> {
    const byEmail = email === undefined ? undefined : await this.search('email', email);
    if (byEmail !== undefined || phone === undefined) return byEmail;
    return this.search('phone', phone);
  }

  private async search(propertyName: string, value: string): Promise<string | undefined> {
    const { results } = await this.call<{ results: { id: string }[] }>(`/crm/objects/${API_VERSION}/contacts/search`, {
      filterGroups: [{ filters: [{ propertyName, operator: 'EQ', value }] }],
      limit: 1,
    });
    return results[0]?.id;
  }

  private async create({ customer: { email, phone, firstName, lastName } }: Conversation): Promise<string> {
    const given = { email, phone, firstname: firstName, lastname: lastName };
    const properties = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { id } = await this.call<{ id: string }>(`/crm/objects/${API_VERSION}/contacts`, { properties });
    return id;
  }

  private async call<T>(path: string, body: unknown): Promise<T> {
    for (let tries = 1; ; tries++) {
      const response = await fetch(this.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text) as T;
      const canRetry = response.status === 429 || response.status >= 500;
      if (!canRetry || tries === MOST_TRIES) throw new PlainFailure(`${path} answered ${response.status}: ${text}`);
      const asked = Number(response.headers.get('retry-after') ?? Number.NaN) * 1_000;
      await delay(Number.isNaN(asked) ? Math.min(10_000, FIRST_WAIT_MS * 2 ** (tries - 1)) : asked);
    }
  }
}

function render({ messages }: Conversation): string {
  return messages.map(({ name, text, sentAt }) => `<p><strong>${name}</strong> ${sentAt}<br>${text}</p>`).join('');
}
