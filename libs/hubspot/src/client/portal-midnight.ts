import { offsetsOf } from '@app/platform';

/**
 * Whole seconds until the portal's next midnight, when HubSpot's daily limit starts anew.
 * @param timeZone IANA name as account-info gives it; one that this runtime doesn't know counts as UTC.
 */
export function secondsUntilMidnight(now: Date, timeZone: string | undefined): number {
  const offsetAt = offsetsOf(timeZone);
  const local = new Date(now.getTime() + offsetAt(now.getTime()));
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1);
  // The offset in force at midnight may differ from today's: summer time begins or ends in between.
  const firstGuess = midnight - offsetAt(now.getTime());
  const instant = midnight - offsetAt(firstGuess);
  return Math.max(1, Math.ceil((instant - now.getTime()) / 1000));
}
