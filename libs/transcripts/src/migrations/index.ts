import type { MigrationClass } from '@app/platform';
import { Transcripts1700000002000 } from './1700000002000-transcripts.js';
import { PortalBound1700000004100 } from './1700000004100-portal-bound.js';
import { ContactErasure1700000005100 } from './1700000005100-contact-erasure.js';
import { Ledger1700000010000 } from './1700000010000-ledger.js';
import { Summaries1700000010100 } from './1700000010100-summaries.js';
import { DeskEvents1700000011100 } from './1700000011100-desk-events.js';
import { PortalRules1700000012000 } from './1700000012000-portal-rules.js';
import { CurrentDrains1700000014000 } from './1700000014000-current-drains.js';
import { TellingOnce1700000018100 } from './1700000018100-telling-once.js';
import { LedgerByTime1700000018200 } from './1700000018200-ledger-by-time.js';
import { CheckedOnce1700000018300 } from './1700000018300-checked-once.js';
import { ContactClaims1700000019500 } from './1700000019500-contact-claims.js';
import { JustCreated1700000019700 } from './1700000019700-just-created.js';

/** Of this lib’s tables. The number in a name is its place in the order of all. */
export const TRANSCRIPTS_MIGRATIONS: readonly MigrationClass[] = [
  Transcripts1700000002000,
  PortalBound1700000004100,
  ContactErasure1700000005100,
  Ledger1700000010000,
  Summaries1700000010100,
  DeskEvents1700000011100,
  PortalRules1700000012000,
  CurrentDrains1700000014000,
  TellingOnce1700000018100,
  LedgerByTime1700000018200,
  CheckedOnce1700000018300,
  ContactClaims1700000019500,
  JustCreated1700000019700,
];
