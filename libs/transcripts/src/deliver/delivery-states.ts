import { AppError } from '@app/platform';
import type { DeliveryStatus } from './delivery.js';

/** The steps a delivery may take; the database holds the same table and refuses every other step. */
export const DELIVERY_TRANSITIONS: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  pending: ['delivering', 'skipped'],
  delivering: ['delivering', 'pending', 'written', 'skipped', 'failed'],
  failed: ['pending'],
  skipped: ['pending'],
  written: [],
};

/** @throws AppError 1012 when `to` can't follow on `from`. */
export function checkTransition(from: DeliveryStatus, to: DeliveryStatus): void {
  if (DELIVERY_TRANSITIONS[from].includes(to)) return;
  throw new AppError(1012, `A delivery that is ${from} can't become ${to}`, { reason: `delivery_${from}` });
}
