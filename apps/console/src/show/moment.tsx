import { Tooltip } from '@mantine/core';

const SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** A time in the reader's own zone; exactly, with the zone, on pointing at it. */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  return (
    <Tooltip label={EXACT.format(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{SHORT.format(date)}</time>
    </Tooltip>
  );
}
