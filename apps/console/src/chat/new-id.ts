/** For a message, so that sending it again adds it once. Not `randomUUID`: browsers have that on https and localhost alone. */
export function newMessageId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
