import type { EntityManager } from 'typeorm';
import type { VerificationMethod, VerifiedCaller } from './verified-caller.js';

interface CallerRow {
  conversation_id: string;
  contact_id: string;
  method: VerificationMethod;
  verified_by: string;
  verified_at: Date;
  expires_at: Date;
}

export interface ConversationToVerify {
  status: 'open' | 'closed';
  /** Undefined: none is connected. */
  portalId?: string;
}

export class VerifiedCallerRepository {
  /** With the portal that its contacts are of; nobody closes the conversation before the unit of work ends. */
  async lockConversation(
    tx: EntityManager,
    tenantId: string,
    conversationId: string,
  ): Promise<ConversationToVerify | undefined> {
    const [row] = await tx.query<{ status: 'open' | 'closed' }[]>(
      'SELECT status FROM conversations WHERE tenant_id = $1 AND id = $2 FOR SHARE',
      [tenantId, conversationId],
    );
    if (row === undefined) return undefined;
    const [connection] = await tx.query<{ portal_id: string }[]>(
      `SELECT portal_id FROM connections
       WHERE tenant_id = $1 AND portal_id IS NOT NULL AND status IN ('connected', 'active', 'attention')`,
      [tenantId],
    );
    return { status: row.status, ...(connection === undefined ? {} : { portalId: connection.portal_id }) };
  }

  /** The latest word counts. */
  async keep(tx: EntityManager, tenantId: string, caller: VerifiedCaller & { portalId: string }): Promise<void> {
    await tx.query(
      `INSERT INTO verified_callers (tenant_id, conversation_id, portal_id, contact_id, method, verified_by, verified_at,
         expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (conversation_id) DO UPDATE SET portal_id = $3, contact_id = $4, method = $5, verified_by = $6,
         verified_at = $7, expires_at = $8`,
      [
        tenantId,
        caller.conversationId,
        caller.portalId,
        caller.contactId,
        caller.method,
        caller.verifiedBy,
        caller.verifiedAt,
        caller.expiresAt,
      ],
    );
  }

  /** Only while the conversation goes on, in the portal that is connected, and before it runs out. */
  async findValid(
    tx: EntityManager,
    tenantId: string,
    { conversationId, portalId, at }: { conversationId: string; portalId: string; at: Date },
  ): Promise<VerifiedCaller | undefined> {
    const [row] = await tx.query<CallerRow[]>(
      `SELECT v.* FROM verified_callers v JOIN conversations c ON c.id = v.conversation_id AND c.tenant_id = v.tenant_id
       WHERE v.tenant_id = $1 AND v.conversation_id = $2 AND v.portal_id = $3 AND v.expires_at > $4 AND c.status = 'open'`,
      [tenantId, conversationId, portalId, at],
    );
    return row === undefined ? undefined : toCaller(row);
  }
}

function toCaller(row: CallerRow): VerifiedCaller {
  return {
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    method: row.method,
    verifiedBy: row.verified_by,
    verifiedAt: row.verified_at,
    expiresAt: row.expires_at,
  };
}
