import type { ContactEvent, ContactEvents } from '@app/crm';
import type { Database } from '@app/platform';

/** A notification holds less than 8,000 bytes. */
const IDS_AT_ONCE = 100;

/** After contacts were followed, here and by whoever else must know, every process forgets what it had read of them, and open consoles look again. */
export class AnnounceContacts implements ContactEvents {
  constructor(
    private readonly followed: readonly ContactEvents[],
    private readonly database: Database,
  ) {}

  async handle(tenantId: string, portalId: string, events: readonly ContactEvent[]): Promise<void> {
    for (const each of this.followed) await each.handle(tenantId, portalId, events);
    const ids = [...new Set(events.flatMap(idsOf))];
    if (ids.length === 0) return;
    await this.database.withTenant(tenantId, async (tx) => {
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const items = ids.slice(start, start + IDS_AT_ONCE).map((contactId) => ({ contactId }));
        await tx.query(`SELECT tell_tenant($1, 'contact.changed', $2)`, [tenantId, JSON.stringify(items)]);
      }
    });
  }
}

function idsOf(event: ContactEvent): readonly string[] {
  return event.kind === 'merged' ? [...event.contactIds, event.survivorId] : [event.contactId];
}
