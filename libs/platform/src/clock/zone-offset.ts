/**
 * Local time minus UTC, in ms, at a moment.
 * @param timeZone IANA name; one that this runtime doesn't know counts as UTC.
 */
export function offsetsOf(timeZone: string | undefined): (moment: number) => number {
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
