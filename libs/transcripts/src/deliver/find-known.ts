import { type CrmContact, type CrmDirectory, CrmPartlyKnownError, type Deferral } from '@app/crm';

export interface KnownContacts {
  /** By the id asked for. Neither here nor in doubt: gone. */
  contacts: ReadonlyMap<string, CrmContact>;
  /** Those of which nothing is known yet: no reason to take them for gone, nor to keep the others waiting. */
  doubt: { ids: ReadonlySet<string>; deferral: Deferral } | undefined;
}

/** What the CRM can say of contacts now. Throws CrmDeferredError when that is nothing. */
export async function findKnown(
  directory: CrmDirectory,
  tenantId: string,
  ids: readonly string[],
): Promise<KnownContacts> {
  try {
    return { contacts: await directory.findByIds(tenantId, ids), doubt: undefined };
  } catch (error) {
    if (!(error instanceof CrmPartlyKnownError)) throw error;
    return { contacts: error.found, doubt: { ids: error.unsettled, deferral: error.deferral } };
  }
}
