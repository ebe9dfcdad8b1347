/** How somebody has shown who they are. */
export const VERIFICATION_METHODS = [
  'one_time_code',
  'security_question',
  'signed_in',
  'voice',
  'document',
  'person',
] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** The customer of a conversation is this contact: somebody vouches for it, for a while. */
export interface VerifiedCaller {
  conversationId: string;
  /** Of the portal that was connected then. */
  contactId: string;
  method: VerificationMethod;
  /** Who vouches: a system or a person, by name. */
  verifiedBy: string;
  verifiedAt: Date;
  expiresAt: Date;
}
