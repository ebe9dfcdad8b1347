import { offsetsOf } from '@app/platform';
import { isDay } from '../grammar/read-value.js';

const DAY_MS = 86_400_000;

/** Before there were zones, and before `Date.UTC` takes a year for what it is. */
const FIRST_ZONED = Date.UTC(1900, 0, 1);

/**
 * The first and the last millisecond of a day, as people see it who look at the portal in its own time zone.
 * @param timeZone of the account, as account-info gives it; without one it is UTC.
 */
export function boundsOfDay(day: string, timeZone: string | undefined): { start: number; end: number } {
  const midnight = Date.parse(day);
  return { start: startOf(midnight, timeZone), end: startOf(midnight + DAY_MS, timeZone) - 1 };
}

/** In the words of a clock on the portal's wall; only the day where it is the day's beginning. */
export function momentInZone(time: string, timeZone: string | undefined): string {
  const at = Date.parse(time);
  const local = new Date(at < FIRST_ZONED ? at : at + offsetsOf(timeZone)(at)).toISOString();
  const day = local.slice(0, 10);
  return isDay(day) && boundsOfDay(day, timeZone).start === at ? day : local.slice(0, 16).replace('T', ' ');
}

/** @param midnight of the day, as if the zone were UTC. */
function startOf(midnight: number, timeZone: string | undefined): number {
  if (timeZone === undefined || midnight < FIRST_ZONED) return midnight;
  const offsetAt = offsetsOf(timeZone);
  // Clocks may change in the night: midnight is there once, twice, or not at all. No zone is further away than a day.
  const guesses = [midnight - DAY_MS, midnight + DAY_MS].map((near) => midnight - offsetAt(near));
  const inDay = guesses.filter((at) => at + offsetAt(at) >= midnight);
  return Math.min(...(inDay.length > 0 ? inDay : guesses));
}
