import type { Deferral } from '@app/crm';

const LONGEST_SECONDS = 15 * 60;

/**
 * Seconds until the next try: doubling from 2 s up to 15 minutes, half of it random so that a crowd doesn't come back
 * together, and never sooner than the CRM asked for.
 * @param random in [0, 1)
 */
export function retryDelaySeconds(
  tries: number,
  deferral: Pick<Deferral, 'retryAfterSeconds'>,
  random: () => number,
): number {
  const ceiling = Math.min(LONGEST_SECONDS, 2 ** Math.min(tries, 20));
  return Math.max(deferral.retryAfterSeconds ?? 0, ceiling * (0.5 + random() / 2));
}
