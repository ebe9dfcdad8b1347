import type { MigrationClass } from '@app/platform';
import { Tenants1700000001000 } from './1700000001000-tenants.js';
import { People1700000003000 } from './1700000003000-people.js';
import { Operators1700000003100 } from './1700000003100-operators.js';
import { Retries1700000003200 } from './1700000003200-retries.js';
import { ConnectionLife1700000004000 } from './1700000004000-connection-life.js';
import { KnownPortals1700000006000 } from './1700000006000-known-portals.js';
import { Deactivation1700000007000 } from './1700000007000-deactivation.js';
import { AuditRetention1700000010200 } from './1700000010200-audit-retention.js';
import { Desk1700000011000 } from './1700000011000-desk.js';
import { ConnectionFeatures1700000015190 } from './1700000015190-connection-features.js';
import { Grants1700000017000 } from './1700000017000-grants.js';
import { Suspension1700000017100 } from './1700000017100-suspension.js';
import { SpendingTogether1700000018000 } from './1700000018000-spending-together.js';

/** Of this lib’s tables. The number in a name is its place in the order of all. */
export const TENANTS_MIGRATIONS: readonly MigrationClass[] = [
  Tenants1700000001000,
  People1700000003000,
  Operators1700000003100,
  Retries1700000003200,
  ConnectionLife1700000004000,
  KnownPortals1700000006000,
  Deactivation1700000007000,
  AuditRetention1700000010200,
  Desk1700000011000,
  ConnectionFeatures1700000015190,
  Grants1700000017000,
  Suspension1700000017100,
  SpendingTogether1700000018000,
];
