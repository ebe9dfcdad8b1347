import type { FastifyRequest } from 'fastify';

/** A person who is signed in to the console, in the browser a request came from. */
export interface SignedInUser {
  tenantId: string;
  userId: string;
  role: 'admin' | 'agent';
}

/** Undefined: nobody is signed in there. Never looks at API keys: pages are for people. */
export type FindSignedInUser = (request: FastifyRequest) => Promise<SignedInUser | undefined>;

/** Nest injection token. */
export const FIND_SIGNED_IN_USER = Symbol('FindSignedInUser');
