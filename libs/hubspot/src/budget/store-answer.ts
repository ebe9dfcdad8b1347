import {
  AGENT_PERCENT,
  type Exchange,
  IMPORT_PERCENT,
  type PerClass,
  type Standing,
  TRAFFIC_CLASSES,
} from './budget-store.js';

/** How long after its place may be free a lane that waits is believed to be coming for it. */
export const WAITER_MS = 1_000;

/** An exchange as the script and the function read it. */
export function askOf({ wants, fallback, ...exchange }: Exchange): object {
  return {
    ...exchange,
    ...fallback,
    wants: TRAFFIC_CLASSES.map((traffic) => wants[traffic]),
    agentPercent: AGENT_PERCENT,
    importPercent: IMPORT_PERCENT,
    waiterMs: WAITER_MS,
  };
}

/** What they answer, classes in the order of TRAFFIC_CLASSES. */
export interface StoreAnswer {
  granted: number[];
  freeInMs: number[];
  policy: string | null;
  epoch: string;
}

export function readStanding({ granted, freeInMs, policy, epoch }: StoreAnswer): Standing {
  // Redis keeps no null: a policy that is not known is empty there.
  const named = policy === null || policy === '' ? undefined : policy;
  return { granted: perClass(granted), freeInMs: perClass(freeInMs), policy: named, epoch };
}

function perClass([agent = 0, delivery = 0, bulk = 0]: number[]): PerClass {
  return { agent, delivery, import: bulk };
}
