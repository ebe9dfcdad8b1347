import { synonymsOf } from '../schema/search/synonyms.js';
import { stemOf, wordsOf } from '../schema/search/words.js';

/** How well one word stands for another. */
const LIKENESS = { same: 1, beginning: 0.8, synonym: 0.6 } as const;
/** `renew` for `renewal`, `cancel` for `cancelled`; shorter beginnings say too little. */
const SHORTEST_BEGINNING = 4;

export function stemsOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => stemOf(word) ?? []))];
}

export function likenessOf(said: string, own: string): number {
  if (said === own) return LIKENESS.same;
  if (synonymsOf(own).has(said)) return LIKENESS.synonym;
  // Most pairs of words end here: a goal is compared with every label of the portal.
  if (said[0] !== own[0]) return 0;
  const [short, long] = said.length < own.length ? [said, own] : [own, said];
  const root = short.replace(/(ed|ing|e)$/, '');
  return root.length >= SHORTEST_BEGINNING && long.startsWith(root) && long.length - root.length <= 4
    ? LIKENESS.beginning
    : 0;
}

/** Of all that was said, how much a label says, and how much of the label was said; 0 unless every word is found in it. */
export function coverage(said: readonly string[], own: readonly string[]): number {
  if (said.length === 0 || own.length === 0) return 0;
  const matched = new Set<string>();
  let sum = 0;
  for (const word of said) {
    const best = own
      .map((one) => ({ one, likeness: likenessOf(word, one) }))
      .reduce((a, b) => (b.likeness > a.likeness ? b : a));
    if (best.likeness === 0) return 0;
    sum += best.likeness;
    matched.add(best.one);
  }
  return (sum / said.length) * (0.5 + (0.5 * matched.size) / own.length);
}

/** Letters to add, leave out, change or swap to make one of the other; more than `most` count as one more. */
export function editsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) edits = Math.min(edits, (before[column - 2] ?? 0) + 1);
      next.push(edits);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length] ?? most + 1;
}
