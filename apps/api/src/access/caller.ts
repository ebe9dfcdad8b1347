import type { ApiKeyIdentity } from '@app/tenants';

/** Who is calling; set by the guard before any handler runs. */
export type Caller = ApiKeyIdentity;
