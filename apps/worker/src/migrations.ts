import { HubspotBudget1700000008000, JournalPositions1700000006100, WebhookEvents1700000005000 } from '@app/hubspot';
import { AppRole1700000000000, type MigrationClass } from '@app/platform';
import { AiAgents1700000015100, Bindings1700000015150, SchemaSnapshots1700000015000 } from '@app/skills';
import {
  AuditRetention1700000010200,
  ConnectionLife1700000004000,
  Desk1700000011000,
  KnownPortals1700000006000,
  Deactivation1700000007000,
  Operators1700000003100,
  People1700000003000,
  Retries1700000003200,
  Tenants1700000001000,
} from '@app/tenants';
import {
  ContactErasure1700000005100,
  CurrentDrains1700000014000,
  DeskEvents1700000011100,
  Ledger1700000010000,
  PortalBound1700000004100,
  PortalRules1700000012000,
  Summaries1700000010100,
  Transcripts1700000002000,
} from '@app/transcripts';

/** Every lib owns its tables; an app only lists them. The number in a name is its place in the order. */
export const MIGRATIONS: readonly MigrationClass[] = [
  AppRole1700000000000,
  Tenants1700000001000,
  Transcripts1700000002000,
  People1700000003000,
  Operators1700000003100,
  Retries1700000003200,
  ConnectionLife1700000004000,
  PortalBound1700000004100,
  WebhookEvents1700000005000,
  ContactErasure1700000005100,
  KnownPortals1700000006000,
  JournalPositions1700000006100,
  Deactivation1700000007000,
  HubspotBudget1700000008000,
  Ledger1700000010000,
  Summaries1700000010100,
  AuditRetention1700000010200,
  Desk1700000011000,
  DeskEvents1700000011100,
  PortalRules1700000012000,
  CurrentDrains1700000014000,
  SchemaSnapshots1700000015000,
  AiAgents1700000015100,
  Bindings1700000015150,
];
