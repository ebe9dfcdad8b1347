import type { ContactEvent, ContactEvents } from '@app/crm';
import type { ContactLinkRepository } from './contact-link.repository.js';
import type { EraseContacts } from './erase-contacts.js';

/** Keeps what we remember of contacts true to what the CRM says happened to them. */
export class FollowContacts implements ContactEvents {
  constructor(
    private readonly links: ContactLinkRepository,
    private readonly eraseContacts: EraseContacts,
  ) {}

  async handle(tenantId: string, portalId: string, events: readonly ContactEvent[]): Promise<void> {
    for (const run of runsOfOneKind(events)) await this.handleRun(tenantId, portalId, run);
  }

  private async handleRun(tenantId: string, portalId: string, run: readonly ContactEvent[]): Promise<void> {
    for (const event of run) {
      if (event.kind !== 'merged') continue;
      for (const contactId of event.contactIds)
        await this.links.follow(tenantId, portalId, contactId, event.survivorId);
    }
    const deleted = run.flatMap((event) => (event.kind === 'deleted' ? event.contactId : []));
    if (deleted.length > 0) await this.links.forget(tenantId, portalId, deleted);
    const erased = run.flatMap((event) => (event.kind === 'privacy_deleted' ? event.contactId : []));
    if (erased.length > 0) await this.eraseContacts.execute(tenantId, portalId, erased);
    // `changed` has no part here: of a contact that lives on, only its id is remembered.
  }
}

/** A bulk deletion is a statement or two, not thousands; merges and deletions keep their order. */
function runsOfOneKind(events: readonly ContactEvent[]): ContactEvent[][] {
  const runs: ContactEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.kind === event.kind) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
