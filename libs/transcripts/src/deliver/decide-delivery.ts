import type { Connection, WritebackMode, WritebackSettings } from '@app/tenants';
import type { SkipReason } from './delivery.js';

/** What becomes of a conversation at the moment it closes. */
export type DeliveryDecision =
  | { status: 'pending'; portalId: string; mode: WritebackMode }
  | { status: 'skipped'; reason: SkipReason; portalId?: string; mode: WritebackMode };

/**
 * Decided once, when the conversation closes, and never back-filled: a connection that was enabled but is in trouble
 * makes it wait, one that was never enabled skips it.
 */
export function decideDelivery(connection: Connection, settings: WritebackSettings, closedAt: Date): DeliveryDecision {
  const { portalId, enabledAt, status } = connection;
  const { mode } = settings;
  if (portalId === undefined || enabledAt === undefined || status === 'disconnected' || status === 'connected') {
    return { status: 'skipped', reason: 'not_enabled', portalId, mode };
  }
  if (closedAt < enabledAt) return { status: 'skipped', reason: 'before_enabled', portalId, mode };
  if (mode === 'off') return { status: 'skipped', reason: 'writeback_off', portalId, mode };
  return { status: 'pending', portalId, mode };
}
