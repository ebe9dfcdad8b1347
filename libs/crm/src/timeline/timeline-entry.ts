/** What only a Call has; absent fields are left unset in the CRM. */
export interface CallDetails {
  title?: string;
  direction: 'inbound' | 'outbound';
  durationMs?: number;
  fromNumber?: string;
  toNumber?: string;
  status: string;
  /** `https:` only; any other address belongs in the body. */
  recordingUrl?: string;
}

/** What is written on a contact's timeline. */
export interface TimelineEntry {
  type: 'note' | 'call';
  /**
   * Stands verbatim in `body`, differs for every entry ever written and contains only letters, digits and dashes:
   * how an adapter tells which answer belongs to which entry, and how a later read-back recognises it.
   */
  reference: string;
  contactId: string;
  /** The conversation's close time, the same for every part. */
  at: Date;
  /** HTML; at most 65,000 UTF-16 units. */
  body: string;
  /** Of the agent: where the CRM knows a user by it, the entry belongs to them; else to nobody. Never a reason to refuse. */
  ownerEmail?: string;
  /** Present on a call. */
  call?: CallDetails;
}
