import { ADDRESS_LIST, addressesIn } from './search-index.js';

const SEPARATORS = /[^\p{L}\p{N}]+/u;

/** The words of a value as search sees them: runs of letters and digits, lower-cased. */
const tokensOf = (value: string): string[] =>
  value
    .toLowerCase()
    .split(SEPARATORS)
    .filter((token) => token !== '');

/**
 * A CONTAINS_TOKEN test (FACTS §3.3). Without `*`: the wanted words stand next to each other in the value. With `*` for
 * any run of characters: the whole value, one of its space-separated parts or one of its words has that form. A list of
 * addresses is matched address by address.
 */
export function tokenMatcher(property: string, wanted: string): (value: string) => boolean {
  const lower = wanted.trim().toLowerCase();
  const hasWildcard = lower.includes('*');
  if (property === ADDRESS_LIST) {
    const form = hasWildcard ? wildcardForm(lower) : undefined;
    return (value) => addressesIn(value).some((address) => (form ? form(address) : address === lower));
  }
  if (!hasWildcard) {
    const wantedTokens = tokensOf(lower);
    return (value) => containsRun(tokensOf(value), wantedTokens);
  }
  const form = wildcardForm(lower);
  // Most records of a scan lack the pattern's longest text, and need no splitting into words.
  const longest = lower.split('*').reduce((a, b) => (b.length > a.length ? b : a));
  return (value) => {
    const text = value.toLowerCase();
    if (!text.includes(longest)) return false;
    if (form(text)) return true;
    return text.split(/\s+/).some((part) => form(part)) || tokensOf(text).some((token) => form(token));
  };
}

function containsRun(tokens: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return false;
  for (let start = 0; start + wanted.length <= tokens.length; start++) {
    if (wanted.every((token, offset) => tokens[start + offset] === token)) return true;
  }
  return false;
}

/** Tells whether a whole text has the form of a pattern with `*`; linear, without backtracking over the pattern. */
export function wildcardForm(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  if (parts.length === 1) return (text) => text === pattern;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let position = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, position);
      if (found === -1 || found + part.length > end) return false;
      position = found + part.length;
    }
    return position <= end;
  };
}
