import { AppError } from '@app/platform';

interface StreamLimits {
  /** Streams of one session, or of one customer's link: a person has a few tabs. */
  perOwner: number;
  /** Streams of one tenant in one process: a quarter of its places, so that no four tenants need fear a fifth. */
  perTenant: number;
  /** Streams of one process: each holds a socket and up to 256 KiB that its client has not read. */
  perProcess: number;
}

export const STREAM_LIMITS: StreamLimits = { perOwner: 10, perTenant: 500, perProcess: 2_000 };

/** A place that is given up is free at once; who finds none is likely not the first to come back. */
const RETRY_AFTER_SECONDS = 10;

const WHOSE: Record<keyof StreamLimits, string> = {
  perOwner: 'of this session',
  perTenant: 'of this tenant',
  perProcess: 'here',
};

/** How many streams of events may be open at a time. */
export class StreamPlaces {
  private readonly ofOwners = new Map<string, number>();
  private readonly ofTenants = new Map<string, number>();
  private taken = 0;

  constructor(private readonly limits: StreamLimits = STREAM_LIMITS) {}

  /** @returns how to give the place back; the second time is none. @throws AppError 1007 `too_many_streams`. */
  take(tenantId: string, ownerId: string): () => void {
    const full = this.findFull(tenantId, ownerId);
    if (full !== undefined) {
      throw new AppError(1007, `Too many streams of events ${WHOSE[full]} are open`, {
        reason: 'too_many_streams',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.count(tenantId, ownerId, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.count(tenantId, ownerId, -1);
      isTaken = false;
    };
  }

  private findFull(tenantId: string, ownerId: string): keyof StreamLimits | undefined {
    if ((this.ofOwners.get(ownerId) ?? 0) >= this.limits.perOwner) return 'perOwner';
    if ((this.ofTenants.get(tenantId) ?? 0) >= this.limits.perTenant) return 'perTenant';
    return this.taken >= this.limits.perProcess ? 'perProcess' : undefined;
  }

  private count(tenantId: string, ownerId: string, change: 1 | -1): void {
    add(this.ofOwners, ownerId, change);
    add(this.ofTenants, tenantId, change);
    this.taken += change;
  }
}

function add(counts: Map<string, number>, name: string, change: 1 | -1): void {
  const count = (counts.get(name) ?? 0) + change;
  if (count === 0) counts.delete(name);
  else counts.set(name, count);
}
