import type { CrmDirectory, CrmTimeline } from '@app/crm';
import { type Database, type Logger, systemClock } from '@app/platform';
import { type ConnectionRepository, TenantRepository, type WritebackSettingsRepository } from '@app/tenants';
import { ConversationRepository } from '../src/conversations/conversation.repository.js';
import { DeliverGroup } from '../src/deliver/deliver-group.js';
import { DeliverPending } from '../src/deliver/deliver-pending.js';
import { DrainLedger } from '../src/deliver/drain-ledger.js';
import { MatchDeliveries } from '../src/deliver/match-deliveries.js';
import { PortalRules } from '../src/deliver/portal-rules.js';
import { PreparePool } from '../src/deliver/prepare-pool.js';
import { RecogniseWritten } from '../src/deliver/recognise-written.js';
import { Room } from '../src/deliver/room.js';
import { WriteTranscripts } from '../src/deliver/write-transcripts.js';
import { ContactClaimRepository } from '../src/match/contact-claim.repository.js';
import { ContactLinkRepository } from '../src/match/contact-link.repository.js';
import { Matcher } from '../src/match/matcher.js';
import type { MakeSummaries } from '../src/summarise/make-summaries.js';

export interface DelivererParts {
  database: Database;
  connections: ConnectionRepository;
  settings: WritebackSettingsRepository;
  crm: CrmDirectory & CrmTimeline;
  logger: Logger;
  /** Default 5: a test that doesn't wait for it makes marks look older. */
  settleSeconds?: number;
  roomUnits?: number;
  poolSize?: number;
  groupEntries?: number;
  /** Default: the built-in summaries. */
  summaries?: MakeSummaries;
}

const half = (): number => 0;

/** A worker's delivery, as the module puts it together, with half the jitter. */
export function makeDeliverer(parts: DelivererParts): DeliverPending {
  const {
    database,
    connections,
    settings,
    crm,
    logger,
    settleSeconds = 5,
    roomUnits = 8_000_000,
    poolSize,
    groupEntries,
    summaries,
  } = parts;
  const rules = new PortalRules(database, connections);
  const ledger = new DrainLedger(database, settleSeconds, rules);
  const links = new ContactLinkRepository(database);
  const claims = new ContactClaimRepository(database);
  const match = new MatchDeliveries(ledger, links, claims, new Matcher(crm), half);
  const write = new WriteTranscripts(database, new ConversationRepository(), ledger, crm, logger, half, summaries);
  return new DeliverPending(
    database,
    connections,
    settings,
    new TenantRepository(database),
    ledger,
    rules,
    new PreparePool(ledger, links, new RecogniseWritten(crm, crm), match, half, poolSize),
    new DeliverGroup(ledger, links, crm, match, write, half),
    new Room(roomUnits),
    systemClock,
    logger,
    groupEntries,
  );
}
