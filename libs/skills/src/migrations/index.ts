import type { MigrationClass } from '@app/platform';
import { SchemaSnapshots1700000015000 } from './1700000015000-schema-snapshots.js';
import { AiAgents1700000015100 } from './1700000015100-ai-agents.js';
import { Bindings1700000015150 } from './1700000015150-bindings.js';
import { Pack1700000015200 } from './1700000015200-pack.js';
import { PackRequests1700000015210 } from './1700000015210-pack-requests.js';
import { VerifiedCallers1700000015300 } from './1700000015300-verified-callers.js';
import { SkillRuns1700000015310 } from './1700000015310-skill-runs.js';
import { RunFilters1700000015420 } from './1700000015420-run-filters.js';
import { SkillAttempts1700000019510 } from './1700000019510-skill-attempts.js';
import { ContactsOfRuns1700000019520 } from './1700000019520-contacts-of-runs.js';
import { PortalWrites1700000019600 } from './1700000019600-portal-writes.js';
import { RunContacts1700000019710 } from './1700000019710-run-contacts.js';

/** Of this lib’s tables. The number in a name is its place in the order of all. */
export const SKILLS_MIGRATIONS: readonly MigrationClass[] = [
  SchemaSnapshots1700000015000,
  AiAgents1700000015100,
  Bindings1700000015150,
  Pack1700000015200,
  PackRequests1700000015210,
  VerifiedCallers1700000015300,
  SkillRuns1700000015310,
  RunFilters1700000015420,
  SkillAttempts1700000019510,
  ContactsOfRuns1700000019520,
  PortalWrites1700000019600,
  RunContacts1700000019710,
];
