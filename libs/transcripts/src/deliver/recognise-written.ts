import type { CrmDirectory, CrmTimeline, Deferral } from '@app/crm';
import { recogniseReference } from '../reference/recognise-reference.js';
import type { ClaimedDelivery, WrittenPart } from './delivery-outcome.js';
import { findKnown } from './find-known.js';

/** A delivery that was on its way to a contact when its last attempt ended without an answer. */
export interface ResumedDelivery {
  claim: ClaimedDelivery;
  /** Where it goes on: the contact, or the one it was merged into. Undefined: deleted, so it starts over. */
  contactId?: string;
  /** Parts found on the timeline that were not known. */
  found: WrittenPart[];
}

export interface RecognisedDeliveries {
  underWay: ResumedDelivery[];
  /** Whether their contact is still there is not known yet. */
  doubtful: ClaimedDelivery[];
  deferral?: Deferral;
}

/** HubSpot's clock and ours differ; a part that is looked for was created after its mark. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** Looks on the contacts' timelines for what earlier attempts wrote without hearing back. */
export class RecogniseWritten {
  constructor(
    private readonly directory: CrmDirectory,
    private readonly timeline: CrmTimeline,
  ) {}

  /** Two to four bulk calls, whatever the number. Throws CrmDeferredError when the CRM can't answer now. */
  async execute(
    tenantId: string,
    claimed: readonly ClaimedDelivery[],
    referenceKey: Uint8Array,
  ): Promise<RecognisedDeliveries> {
    if (claimed.length === 0) return { underWay: [], doubtful: [] };
    const contactIds = [...new Set(claimed.flatMap(({ contactId }) => contactId ?? []))];
    const { contacts, doubt } = await findKnown(this.directory, tenantId, contactIds);
    const isDoubtful = ({ contactId }: ClaimedDelivery): boolean => doubt?.ids.has(contactId ?? '') === true;
    const claims = claimed.filter((claim) => !isDoubtful(claim));
    const survivors = [...new Set([...contacts.values()].map(({ id }) => id))];
    const oldest = claims
      .flatMap(({ entriesSentAt }) => entriesSentAt ?? [])
      .reduce((a, b) => (a < b ? a : b), new Date());
    const stored = await this.timeline.readBack(tenantId, survivors, new Date(oldest.getTime() - CLOCK_SKEW_MS));
    const byContact = Map.groupBy(stored, ({ contactId }) => contactId);
    const underWay = claims.map((claim): ResumedDelivery => {
      const contactId = claim.contactId === undefined ? undefined : contacts.get(claim.contactId)?.id;
      if (contactId === undefined) return { claim, found: [] };
      const found = (byContact.get(contactId) ?? []).flatMap(({ id, type, body }): WrittenPart[] => {
        const position = recogniseReference(body, claim.conversationId, referenceKey);
        return position === undefined ? [] : [{ type, entryId: id, ...position }];
      });
      return { claim, contactId, found: found.filter(({ part }) => !claim.writtenParts.has(part)) };
    });
    return { underWay, doubtful: claimed.filter(isDoubtful), deferral: doubt?.deferral };
  }
}
