/** Every way of ending a line that text arrives with; word processors paste VT and FF, mainframes NEL. */
const LINE_END = /\r\n|[\r\v\f\u0085]/g;

/**
 * What cannot be both stored by PostgreSQL (NUL) and carried by HTML through a CRM's sanitiser and back: the other C0 and
 * C1 controls (HTML reads a reference to a C1 control as another character, XML 1.0 §2.2 has no C0 but tab and line ends)
 * and the two non-characters XML forbids.
 */
// oxlint-disable-next-line no-control-regex
const NOT_CARRIABLE = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;

/**
 * The text as a timeline entry can hold it: line ends become `\n`; control characters and lone surrogates become U+FFFD,
 * one for one. Applying it twice changes nothing.
 */
export function carriable(text: string): string {
  return text.toWellFormed().replaceAll(LINE_END, '\n').replaceAll(NOT_CARRIABLE, '\uFFFD');
}

/** With these a name could turn the words after it around, and a customer look like an agent. */
const DIRECTION_CHANGES = /[\u202A-\u202E\u2066-\u2069]/g;

/** For names and titles: one line, in its own direction, ends trimmed, at most `maxUnits` UTF-16 units, the cut marked with an ellipsis. */
export function carriableLine(text: string, maxUnits: number): string {
  // Far more than is kept, so that a megabyte given as a name costs nothing.
  const line = carriable(text.slice(0, maxUnits * 4))
    .replaceAll(DIRECTION_CHANGES, '')
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .trim();
  return line.length > maxUnits ? `${line.slice(0, maxUnits - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}
