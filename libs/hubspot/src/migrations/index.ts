import type { MigrationClass } from '@app/platform';
import { WebhookEvents1700000005000 } from './1700000005000-webhook-events.js';
import { JournalPositions1700000006100 } from './1700000006100-journal-positions.js';
import { HubspotBudget1700000008000 } from './1700000008000-hubspot-budget.js';

/** Of this lib’s tables. The number in a name is its place in the order of all. */
export const HUBSPOT_MIGRATIONS: readonly MigrationClass[] = [
  WebhookEvents1700000005000,
  JournalPositions1700000006100,
  HubspotBudget1700000008000,
];
