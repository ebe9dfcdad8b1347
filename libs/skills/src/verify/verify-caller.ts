import { AppError, type Clock, type Database, isId } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { VerifiedCaller } from './verified-caller.js';
import type { VerifiedCallerRepository } from './verified-caller.repository.js';

export interface VerifyCallerCommand extends Pick<
  VerifiedCaller,
  'conversationId' | 'contactId' | 'method' | 'verifiedBy'
> {
  /** Left out: half an hour from now. */
  expiresAt?: Date;
}

const USUAL_MS = 30 * 60_000;
/** A conversation that lasts longer has somebody else at its end. */
const LONGEST_MS = 24 * 3_600_000;

/** Notes that the customer of an open conversation has shown to be a contact: skills may change that contact until it ends. */
export class VerifyCaller {
  constructor(
    private readonly database: Database,
    private readonly callers: VerifiedCallerRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 1002; 2002; 1012 `conversation_closed`; 2010 */
  async execute(tenantId: string, { expiresAt, ...command }: VerifyCallerCommand): Promise<VerifiedCaller> {
    const { conversationId, contactId, method, verifiedBy } = command;
    const verifiedAt = this.clock.now();
    const lifeMs = expiresAt === undefined ? USUAL_MS : expiresAt.getTime() - verifiedAt.getTime();
    return this.database.withTenant(tenantId, async (tx) => {
      const conversation = isId(conversationId)
        ? await this.callers.lockConversation(tx, tenantId, conversationId)
        : undefined;
      if (conversation === undefined) throw new AppError(2002, 'No conversation has this id');
      if (lifeMs <= 0 || lifeMs > LONGEST_MS) throw wrongExpiry();
      if (conversation.status === 'closed')
        throw new AppError(1012, 'The conversation is over', { reason: 'conversation_closed' });
      const { portalId } = conversation;
      if (portalId === undefined) throw new AppError(2010, 'HubSpot is not connected', { reason: 'not_connected' });
      const caller = { ...command, verifiedAt, expiresAt: new Date(verifiedAt.getTime() + lifeMs) };
      await this.callers.keep(tx, tenantId, { ...caller, portalId });
      await this.audit.recordIn(tx, tenantId, {
        action: 'caller.verified',
        target: conversationId,
        details: { contactId, method, verifiedBy, expiresAt: caller.expiresAt.toISOString() },
      });
      return caller;
    });
  }
}

function wrongExpiry(): AppError {
  const message = 'must be in the future, within 24 hours';
  return new AppError(1002, `expiresAt ${message}`, { errors: [{ field: 'expiresAt', message }] });
}
