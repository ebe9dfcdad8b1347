import type { CrmSchemaReading } from './crm-schema.js';

/** Reads what the tenant's CRM holds. Throws CrmDeferredError when the CRM can't answer now. */
export interface CrmSchema {
  /** @param signal nobody waits any more: nothing further is asked. */
  readSchema(tenantId: string, signal?: AbortSignal): Promise<CrmSchemaReading>;
}

/** Nest injection token. */
export const CRM_SCHEMA = Symbol('CrmSchema');
