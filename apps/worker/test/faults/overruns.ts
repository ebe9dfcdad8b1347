import type { PortalStats } from '@app/testing';

/** HubSpot's limits (FACTS §2): searches of a portal in any second. */
const SEARCHES_PER_SECOND = 5;

/**
 * Where a portal's limits were overrun, as the simulator counted the calls when they arrived: more of them in some
 * window than it allows, or a refusal for it that no fault stands for.
 */
export function findOverruns(
  { peaks, refused429 }: Pick<PortalStats, 'peaks' | 'refused429'>,
  { burst, expected429 }: { burst: number; expected429: number },
): string[] {
  return [
    ...(peaks.per10s > burst ? [`${peaks.per10s} calls arrived within 10 s, and ${burst} are allowed`] : []),
    ...(peaks.searchesPer1s > SEARCHES_PER_SECOND
      ? [`${peaks.searchesPer1s} searches arrived within a second, and ${SEARCHES_PER_SECOND} are allowed`]
      : []),
    ...(refused429 > expected429 ? [`${refused429 - expected429} calls were refused for a limit`] : []),
  ];
}
