/** Where the product is reached from outside (PUBLIC_URL). */
export interface ApiAddress {
  publicUrl: string;
}

/** Nest injection token. */
export const API_ADDRESS = Symbol('ApiAddress');
