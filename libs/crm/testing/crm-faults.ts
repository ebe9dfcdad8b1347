import { CrmDeferredError, type Deferral, type Refusal } from '../src/index.js';

/** The methods of both ports that call the CRM. */
export type CrmMethod =
  | 'findByIds'
  | 'findByEmails'
  | 'findBySecondaryEmails'
  | 'findPhoneCandidates'
  | 'findCreatedSince'
  | 'search'
  | 'create'
  | 'write'
  | 'readBack';

/** What may go wrong with a call. The two lost ones look alike from outside. */
export type FakeFault =
  | { fault: 'deferred'; deferral: Deferral }
  | { fault: 'lost_before' }
  | { fault: 'lost_after' }
  /** Of a write: these items are refused, the others done. */
  | { fault: 'refused'; refusal: Refusal; items?: readonly number[] };

interface ArmedFault {
  fault: FakeFault;
  methods: readonly CrmMethod[] | undefined;
  times: number;
}

export interface FaultOptions {
  /** Default: any. */
  on?: readonly CrmMethod[];
  /** Default 1; Infinity until `clear`. */
  times?: number;
}

const LOST: Deferral = { cause: 'unavailable', detail: 'The connection was lost' };

/** Faults that wait for their call, first in, first out. */
export class CrmFaults {
  private armed: ArmedFault[] = [];

  add(fault: FakeFault, { on, times = 1 }: FaultOptions = {}): void {
    this.armed.push({ fault, methods: on, times });
  }

  clear(): void {
    this.armed = [];
  }

  /** The fault that befalls this call; it is used up. */
  strike(method: CrmMethod): FakeFault | undefined {
    const hit = this.armed.find(
      ({ methods, times }) => times > 0 && (methods === undefined || methods.includes(method)),
    );
    if (hit !== undefined) hit.times -= 1;
    return hit?.fault;
  }

  /** The same for a read, which can only be answered or not. @throws CrmDeferredError */
  strikeRead(method: CrmMethod): void {
    const fault = this.strike(method);
    if (fault !== undefined) throw new CrmDeferredError(fault.fault === 'deferred' ? fault.deferral : LOST);
  }
}
