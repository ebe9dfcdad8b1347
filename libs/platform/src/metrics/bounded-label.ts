/**
 * Keeps the number of values of a label bounded: every value costs memory here and in whatever collects the figures, for
 * good. The first `limit` values are told apart, those that come later are `other` together.
 */
export function boundedLabel(limit: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= limit) return 'other';
    known.add(value);
    return value;
  };
}
