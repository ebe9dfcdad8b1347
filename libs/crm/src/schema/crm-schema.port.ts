import type { CrmSchemaReading } from './crm-schema.js';

/** Reads what the tenant's CRM holds. Throws CrmDeferredError when the CRM can't answer now. */
export interface CrmSchema {
  readSchema(tenantId: string): Promise<CrmSchemaReading>;
}

/** Nest injection token. */
export const CRM_SCHEMA = Symbol('CrmSchema');
