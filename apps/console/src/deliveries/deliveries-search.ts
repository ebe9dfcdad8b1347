/** What the address of the deliveries page says: its filter, and the delivery that is open beside it. */
export interface DeliveriesSearch {
  status?: 'pending' | 'delivering' | 'written' | 'skipped' | 'failed';
  reason?: string;
  from?: string;
  to?: string;
  delivery?: string;
}

const STATUSES = ['pending', 'delivering', 'written', 'skipped', 'failed'] as const;

/** Whatever else an address says is passed over. */
export function readDeliveriesSearch(search: Readonly<Record<string, unknown>>): DeliveriesSearch {
  const { status, reason, from, to, delivery } = search;
  return {
    status: STATUSES.find((known) => known === status),
    reason: textIn(reason),
    from: dayIn(from),
    to: dayIn(to),
    delivery: textIn(delivery),
  };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}
