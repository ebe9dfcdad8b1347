/**
 * Half the settle time longer: a record that a create may have made is looked for in the CRM's search index, which shows it
 * up to 30 s after it was made (with the default settle time of 60 s), and a miss would be taken for "not made".
 */
const INDEX_LAG_SHARE = 0.5;

/** Seconds after which what became of an unanswered create can be seen by searching. */
export function createSettlesIn(settleSeconds: number): number {
  return settleSeconds * (1 + INDEX_LAG_SHARE);
}
