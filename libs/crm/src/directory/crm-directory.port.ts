import type { PhoneNumber } from '../phone/phone-number.js';
import type { ContactDraft, CreateOutcome, CrmContact } from './crm-contact.js';

/**
 * The contacts of a tenant's CRM, in bulk: one call of a method may cost several HTTP calls, but never one per item.
 * Reads throw CrmDeferredError when the CRM can't answer now; they never answer "nobody" in its place.
 */
export interface CrmDirectory {
  /**
   * By record id, keyed by the id asked for: a merged id answers the survivor (its `id` differs). Absent: gone. Throws
   * CrmPartlyKnownError when that takes more calls than one look-up may; each time some more are known.
   */
  findByIds(tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>>;

  /** By primary email (lower-cased, unique in the CRM), keyed by it. Reads what is committed: does not lag. */
  findByEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>>;

  /** By secondary email, keyed by it, all candidates. From the search index: may lag by up to 30 s. */
  findBySecondaryEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact[]>>;

  /**
   * Everyone whose phone fields *could* hold one of the numbers, each once. From the search index: may lag. Candidates
   * only: national digits collide across countries, so the caller reads `phones` and decides.
   */
  findPhoneCandidates(tenantId: string, numbers: readonly PhoneNumber[]): Promise<CrmContact[]>;

  /**
   * Contacts that may be the outcome of earlier creates of `drafts` whose answers never came: created at or after `since`,
   * with the phone of one of them or, of those without one, its names. Candidates only. From the search index: ask no
   * sooner than the settle time.
   */
  findCreatedSince(tenantId: string, drafts: readonly ContactDraft[], since: Date): Promise<CrmContact[]>;

  /** Free-text search by name, email or phone, best first, for people. `signal`: whoever asked has gone. */
  search(tenantId: string, query: string, limit: number, signal?: AbortSignal): Promise<CrmContact[]>;

  /** One outcome per draft, in order. One bad draft never sinks the others. */
  create(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]>;
}

/** Nest injection token. */
export const CRM_DIRECTORY = Symbol('CrmDirectory');
