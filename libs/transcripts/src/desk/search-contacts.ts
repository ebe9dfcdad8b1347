import type { CrmDesk, ShownContact } from '@app/crm';
import { type Clock, ShortLived } from '@app/platform';
import type { ConnectionRepository, TenantEvent } from '@app/tenants';
import { ANSWER_WITHIN_MS, inTime, type NoContactNow, notConnected, SLOW } from './contact-panel.js';

/** As many as a drop-down shows. */
const MOST_FOUND = 5;

/** Long enough for who types, corrects and types again. */
const LIFE_MS = 15_000;
const SEARCHES = 5_000;

export type ContactsFound = { state: 'found'; contacts: ShownContact[] } | NoContactNow;

/** Contacts for an agent who begins a chat: by name, email or phone, five at most. */
export class SearchContacts {
  private readonly found: ShortLived<ShownContact[]>;

  constructor(
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly desk: CrmDesk,
    clock: Clock,
  ) {
    this.found = new ShortLived(clock, { lifeMs: () => LIFE_MS, most: SEARCHES });
  }

  /** Answers within two seconds, and gives up when `signal` says that nobody waits any more. */
  async execute(tenantId: string, query: string, signal: AbortSignal): Promise<ContactsFound> {
    const { status, problem, portalId } = await this.connections.find(tenantId);
    const unable = notConnected(status, problem?.detail);
    if (unable !== undefined) return unable;
    const sought = query.trim().replace(/\s+/g, ' ');
    const key = `${tenantId}:${portalId}:${sought.toLowerCase()}`;
    const remembered = this.found.find(key);
    if (remembered !== undefined) return { state: 'found', contacts: remembered };
    // Not shared with who asks the same meanwhile: the first one's leaving would take the answer from the others.
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const answer = await inTime(this.desk.searchContacts(tenantId, sought, MOST_FOUND, limit));
    if ('state' in answer) return limit.aborted && answer.state === 'down' ? SLOW : answer;
    await this.found.get(key, () => Promise.resolve(answer));
    return { state: 'found', contacts: answer };
  }

  /** What is remembered may be stale now. */
  hear({ tenantId, kind }: TenantEvent): void {
    if (kind === 'contact.changed' || kind === 'connection.changed')
      this.found.forget((key) => key.startsWith(`${tenantId}:`));
  }

  /** Something may have been missed. */
  forgetAll(): void {
    this.found.forget(() => true);
  }
}
