/** Crockford's alphabet: no I, L, O or U, so that a reference read out over the phone can't be misheard as another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `length` base-32 digits of `bytes`, five bits each; `bytes` must hold that many. */
export function toBase32(bytes: Uint8Array, length: number): string {
  let digits = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= 5 && digits.length < length) {
      heldBits -= 5;
      digits += ALPHABET[(held >>> heldBits) & 31];
    }
    held &= (1 << heldBits) - 1;
    if (digits.length === length) return digits;
  }
  throw new RangeError(`${bytes.length} bytes hold fewer than ${length} base-32 digits`);
}
