/** The most moments (ms) in any window of this length, both ends included. */
export function mostWithin(moments: readonly number[], windowMs: number): number {
  const sorted = moments.toSorted((one, other) => one - other);
  let most = 0;
  let first = 0;
  for (const [index, moment] of sorted.entries()) {
    while ((sorted[first] ?? moment) < moment - windowMs) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
