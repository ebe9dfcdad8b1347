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

/** Local time minus UTC, in ms, at a moment. */
function offsetsOf(timeZone: string | undefined): (moment: number) => number {
  const format = formatFor(timeZone);
  return (moment) => {
    const wholeSeconds = Math.floor(moment / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(wholeSeconds)) part[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
  };
}

function formatFor(timeZone: string | undefined): Intl.DateTimeFormat {
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const english = (zone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('en-US', { ...options, hourCycle: 'h23', timeZone: zone });
  try {
    return english(timeZone ?? 'UTC');
  } catch {
    return english('UTC');
  }
}
