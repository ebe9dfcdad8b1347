/** Said in every question, meaning nothing to a schema; `hs` begins the names of HubSpot's own fields. */
const EMPTY_WORDS = new Set(
  'a an and by for from has have hs in is it me my of on or our s that the their to what when where which who whose with your'.split(
    ' ',
  ),
);

/** The words of a text: lower case, without accents; `closeDate` and `close_date` are two. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const parted = plain.replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').toLowerCase();
  return parted.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A word as it is compared: singular. Undefined: it says nothing. */
export function stemOf(word: string): string | undefined {
  if (EMPTY_WORDS.has(word)) return undefined;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && /[^sui]s$/.test(word)) return word.slice(0, -1);
  return word;
}
