import type { CrmTimeline, EntryUrl, StoredEntry, TimelineEntry, WriteOutcome } from '@app/crm';
import type { ConnectionRepository } from '@app/tenants';
import type { OwnerDirectory } from '../owners/owner-directory.js';
import type { ReadBack } from './read-back.js';
import type { WriteEntries } from './write-entries.js';

/** HubSpot's type id of contacts in the addresses of its pages. */
const CONTACT_TYPE_ID = '0-1';

/** A portal's timelines: Notes and Calls on contacts. */
export class HubSpotTimeline implements CrmTimeline {
  /** @param appUrl scheme of HubSpot's pages, and their host where the portal doesn't name one. */
  constructor(
    private readonly writer: WriteEntries,
    private readonly reader: ReadBack,
    private readonly owners: OwnerDirectory,
    private readonly connections: Pick<ConnectionRepository, 'find' | 'findKnownPortals'>,
    private readonly appUrl: string,
  ) {}

  /**
   * One call per 100 notes and one per 100 calls, more when they exceed 4 MB; see BatchCreator for what refusals cost. The
   * owners of a portal are asked for every quarter of an hour. One that HubSpot refuses is left out, never the entry.
   */
  async write(tenantId: string, entries: readonly TimelineEntry[]): Promise<WriteOutcome[]> {
    const owners = await this.owners.findIds(tenantId, [
      ...new Set(entries.flatMap(({ ownerEmail }) => ownerEmail ?? [])),
    ]);
    const outcomes = await this.writer.execute(tenantId, entries, owners);
    const refused = entries.flatMap((entry, index) => {
      const outcome = outcomes[index];
      return outcome !== undefined && isOwnerRefused(entry, outcome, owners) ? [{ entry, index }] : [];
    });
    if (refused.length === 0) return outcomes;
    this.owners.forget(tenantId);
    const again = await this.writer.execute(
      tenantId,
      refused.map(({ entry }) => ({ ...entry, ownerEmail: undefined })),
      new Map(),
    );
    const answers = new Map(refused.map(({ index }, nth) => [index, again[nth]]));
    return outcomes.map((outcome, index) => answers.get(index) ?? outcome);
  }

  /** Three calls for a few contacts; see ReadBack. */
  async readBack(tenantId: string, contactIds: readonly string[], since: Date): Promise<StoredEntry[]> {
    return this.reader.execute(tenantId, contactIds, since);
  }

  /** Costs no HTTP call. */
  async entryUrls(tenantId: string): Promise<EntryUrl> {
    const [present, known] = await Promise.all([
      this.connections.find(tenantId),
      this.connections.findKnownPortals(tenantId),
    ]);
    const { protocol, host } = new URL(this.appUrl);
    return (contactId, { id, portalId = present.portalId }) => {
      if (portalId === undefined) return undefined;
      const portal = `${protocol}//${known.get(portalId) ?? host}/contacts/${encodeURIComponent(portalId)}`;
      return `${portal}/record/${CONTACT_TYPE_ID}/${encodeURIComponent(contactId)}?engagement=${encodeURIComponent(id)}`;
    };
  }
}

/** A refusal is final and nothing of it was committed, so that the entry may be sent once more without its owner. */
function isOwnerRefused(
  { ownerEmail }: TimelineEntry,
  outcome: WriteOutcome,
  owners: ReadonlyMap<string, string>,
): boolean {
  if (outcome.outcome !== 'refused' || ownerEmail === undefined || !owners.has(ownerEmail.toLowerCase())) return false;
  return outcome.refusal.reason === 'invalid_property_value' || /owner/i.test(outcome.refusal.detail);
}
