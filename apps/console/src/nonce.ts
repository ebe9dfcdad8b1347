/** Of this page's content security policy: styles that are made in the browser carry it. */
export function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** For the library that keeps a page still behind a dialog: it adds a style, and looks for the nonce under this name. */
export function giveNonceToLibraries(nonce: string): void {
  Reflect.set(globalThis, '__webpack_nonce__', nonce);
}
