import type { RefusalRule } from '@app/crm';
import type { Database } from '@app/platform';
import { type Connection, type ConnectionRepository, PORTAL_RULES } from '@app/tenants';
import type { EntityManager } from 'typeorm';
import { deferredOutcome } from './deferred-outcome.js';
import type { DeliveryOutcome } from './delivery-outcome.js';

/** So many different deliveries that one rule refused, and nothing written since the first of them. */
export const RULE_DELIVERIES = 20;
/** Told by more than one answer of HubSpot, or over this long. */
const RULE_BATCHES = 2;
const RULE_SECONDS = 60;

/** One delivery tries whether it still is so: after a minute, two, four, then every five. */
const FIRST_PROBE_SECONDS = 60;
const LONGEST_PROBE_SECONDS = 300;

export interface Judged {
  outcomes: readonly DeliveryOutcome[];
  /** The portal refuses every write: what it refused here waits. */
  portalRefuses: boolean;
}

/** Whose deliveries they are, and the portal they are written for. */
interface Portal {
  tenantId: string;
  portalId: string;
}

type RefusedOutcome = Extract<DeliveryOutcome, { status: 'failed' }> & { rule: RefusalRule };

export function isRefusedByRules({ status, problem }: Connection): boolean {
  return status === 'attention' && problem?.reason === PORTAL_RULES;
}

/**
 * Tells a rule of the portal, which every record meets, from a refusal of one record: by its repetition with no write
 * succeeding in between. Counted with the outcomes, in their transaction, whichever process writes them.
 */
export class PortalRules {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
  ) {}

  /** Before outcomes are recorded; holds the connection until `tx` is over, if it may change by them. */
  async judge(
    tx: EntityManager,
    { tenantId, portalId }: Portal,
    outcomes: readonly DeliveryOutcome[],
  ): Promise<Judged> {
    const asTheyAre: Judged = { outcomes, portalRefuses: false };
    const refused = outcomes.filter(isRefused);
    // Parts are what HubSpot took in this attempt, so a mixture is no rule for every record.
    const wasTaken = outcomes.some(({ parts = [] }) => parts.length > 0);
    if (refused.length === 0 && !(wasTaken && (await isCounting(tx, tenantId)))) return asTheyAre;
    // The connection before its deliveries, in the order of whoever ends it.
    const connection = await this.connections.findIn(tx, tenantId, 'change');
    if (connection.portalId !== portalId) return asTheyAre;
    if (wasTaken) {
      await tx.query('DELETE FROM portal_refusals WHERE tenant_id = $1', [tenantId]);
      await this.connections.recoverFromRulesIn(tx, tenantId);
      return asTheyAre;
    }
    if (isRefusedByRules(connection)) return { outcomes: outcomes.map(waitingIfRefused), portalRefuses: true };
    if (connection.status !== 'active') return asTheyAre;
    const rule = await findProven(tx, tenantId, refused);
    if (rule === undefined) return asTheyAre;
    const detail = `HubSpot refuses every write, so transcripts wait. ${rule.words} One of them tries every few minutes and the others follow when HubSpot takes it; Enable tries at once. What failed before can be replayed.`;
    await this.connections.needAttentionIn(tx, tenantId, { reason: PORTAL_RULES, detail });
    await tx.query(
      'INSERT INTO portal_probes (tenant_id, due_at) VALUES ($1, now() + make_interval(secs => $2)) ON CONFLICT DO NOTHING',
      [tenantId, FIRST_PROBE_SECONDS],
    );
    return { outcomes: outcomes.map(waitingIfRefused), portalRefuses: true };
  }

  /** Takes the turn to probe, when it is due, and says when the next one will be. */
  async openProbe({ tenantId }: Portal): Promise<boolean> {
    const [, opened] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown[], number]>(
        `UPDATE portal_probes SET probes = probes + 1, due_at = now() + make_interval(secs => least($3, $2 * 2 ^ (least(probes, 10) + 1)))
         WHERE tenant_id = $1 AND due_at <= now()`,
        [tenantId, FIRST_PROBE_SECONDS, LONGEST_PROBE_SECONDS],
      ),
    );
    return opened === 1;
  }

  /** Nobody was told anything by this turn: the next process takes it at once. */
  async giveBackProbe({ tenantId }: Portal): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('UPDATE portal_probes SET probes = probes - 1, due_at = now() WHERE tenant_id = $1', [tenantId]),
    );
  }
}

function isRefused(outcome: DeliveryOutcome): outcome is RefusedOutcome {
  return outcome.status === 'failed' && outcome.rule !== undefined;
}

function waitingIfRefused(outcome: DeliveryOutcome): DeliveryOutcome {
  if (!isRefused(outcome)) return outcome;
  const detail = `Waits, since HubSpot refuses every write. ${outcome.rule.words}`;
  return deferredOutcome({ id: outcome.deliveryId, tries: 0 }, { cause: 'connection', detail }, () => 0);
}

/** Whether anything was refused since the last write: asked with every one that goes well, so it is one look. */
async function isCounting(tx: EntityManager, tenantId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('SELECT FROM portal_refusals WHERE tenant_id = $1 LIMIT 1', [tenantId]);
  return rows.length > 0;
}

/** Counts the refusals by rule. @returns a rule that they prove. */
async function findProven(
  tx: EntityManager,
  tenantId: string,
  refused: readonly RefusedOutcome[],
): Promise<RefusalRule | undefined> {
  const rows = await tx.query<{ rule: string; proven: boolean }[]>(
    // As many ids as are needed are kept: a delivery that is replayed again and again counts once.
    `INSERT INTO portal_refusals AS known (tenant_id, rule, delivery_ids)
     SELECT $1, rule, (array_agg(DISTINCT delivery_id))[1:$4] FROM unnest($2::text[], $3::uuid[]) AS refused (rule, delivery_id)
     GROUP BY rule
     ON CONFLICT (tenant_id, rule) DO UPDATE SET
       batches = known.batches + 1,
       delivery_ids = (SELECT (array_agg(DISTINCT id))[1:$4] FROM unnest(known.delivery_ids || EXCLUDED.delivery_ids) AS id)
     RETURNING rule, cardinality(delivery_ids) >= $4
       AND (batches >= $5 OR since <= now() - make_interval(secs => $6)) AS proven`,
    [
      tenantId,
      refused.map(({ rule }) => rule.id),
      refused.map(({ deliveryId }) => deliveryId),
      RULE_DELIVERIES,
      RULE_BATCHES,
      RULE_SECONDS,
    ],
  );
  const proven = new Set(rows.filter((row) => row.proven).map(({ rule }) => rule));
  return refused.find(({ rule }) => proven.has(rule.id))?.rule;
}
