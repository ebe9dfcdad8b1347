export const USER_ROLES = ['admin', 'agent'] as const;
/** An admin may do everything an agent may. */
export type UserRole = (typeof USER_ROLES)[number];

/** A person who signs in to the console. */
export interface User {
  id: string;
  email: string;
  role: UserRole;
  createdAt: Date;
  /** Since then they can't sign in; undefined for whoever can. */
  deactivatedAt?: Date;
  lastSignInAt?: Date;
}

/** Shorter ones are guessed; NIST SP 800-63B asks for length, not for odd characters. */
export const SHORTEST_PASSWORD = 12;

/** As stored and compared: people type their address in any case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
