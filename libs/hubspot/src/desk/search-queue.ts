import { CrmDeferredError } from '@app/crm';

/**
 * So many searches of a tenant ask for a place in the budget at once. HubSpot takes five a second, and a place that was
 * granted is spent, even if whoever typed has typed on meanwhile: so they wait here, where leaving costs nothing.
 */
const AT_ONCE = 3;

interface Lane {
  running: number;
  waiting: Set<() => void>;
}

/** Searches of people who type, in their order; who gives up leaves. */
export class SearchQueue {
  private readonly lanes = new Map<string, Lane>();

  /** @throws CrmDeferredError when `signal` is aborted before its turn comes. */
  async run<T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(tenantId) ?? { running: 0, waiting: new Set() };
    this.lanes.set(tenantId, lane);
    if (lane.running >= AT_ONCE) await untilCalled(lane.waiting, signal);
    else lane.running += 1;
    try {
      return await work();
    } finally {
      const [next] = lane.waiting;
      // The place is handed on, so nobody who comes now can take it.
      if (next !== undefined) next();
      else lane.running -= 1;
      if (lane.running === 0) this.lanes.delete(tenantId);
    }
  }
}

async function untilCalled(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(call);
      reject(new CrmDeferredError({ cause: 'unavailable', detail: 'The question was taken back' }));
    };
    const call = (): void => {
      waiting.delete(call);
      signal.removeEventListener('abort', leave);
      resolve();
    };
    if (signal.aborted) {
      leave();
      return;
    }
    waiting.add(call);
    signal.addEventListener('abort', leave, { once: true });
  });
}
