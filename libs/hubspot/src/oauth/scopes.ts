/** What an admin may ask for beyond the required scopes; each brings the scopes it needs and no more. */
export const FEATURES = ['skills', 'custom_objects', 'workflow', 'import'] as const;
export type Feature = (typeof FEATURES)[number];

interface ScopeReason {
  scope: string;
  /** Shown to the admin who grants it. */
  reason: string;
  /** Required of every connection, or the features that need it. */
  for: 'required' | readonly Feature[];
}

/** Every scope the product asks for, and why. The console and the docs show it from here. */
export const SCOPES: readonly ScopeReason[] = [
  { scope: 'oauth', reason: 'To connect at all', for: 'required' },
  { scope: 'crm.objects.contacts.read', reason: 'To find the contact of a conversation', for: 'required' },
  {
    scope: 'crm.objects.contacts.write',
    reason: "To write transcripts on a contact's timeline and create contacts",
    for: 'required',
  },
  { scope: 'crm.schemas.contacts.read', reason: 'To show lifecycle stages and chosen properties', for: 'required' },
  { scope: 'crm.objects.owners.read', reason: 'To show who owns a contact', for: 'required' },
  { scope: 'crm.objects.companies.read', reason: 'To look companies up', for: ['skills', 'import'] },
  { scope: 'crm.objects.companies.write', reason: 'To let AI agents write companies', for: ['skills'] },
  { scope: 'crm.schemas.companies.read', reason: 'To know the properties of companies', for: ['skills', 'import'] },
  { scope: 'crm.objects.deals.read', reason: 'To look deals up', for: ['skills', 'import'] },
  { scope: 'crm.objects.deals.write', reason: 'To let AI agents create deals', for: ['skills'] },
  { scope: 'crm.schemas.deals.read', reason: 'To know the properties of deals', for: ['skills', 'import'] },
  { scope: 'tickets', reason: 'To look tickets up, and let AI agents create them', for: ['skills', 'import'] },
  { scope: 'crm.objects.custom.read', reason: 'To look custom objects up', for: ['custom_objects'] },
  { scope: 'crm.objects.custom.write', reason: 'To let AI agents write custom objects', for: ['custom_objects'] },
  { scope: 'crm.schemas.custom.read', reason: 'To know which custom objects there are', for: ['custom_objects'] },
  { scope: 'automation', reason: 'To offer the workflow action in HubSpot', for: ['workflow'] },
];

export const REQUIRED_SCOPES: readonly string[] = SCOPES.filter(({ for: use }) => use === 'required').map(
  ({ scope }) => scope,
);

/**
 * The further scopes to ask for: those of the features, and those the connection has already, since what isn't asked for
 * again would be lost by connecting again.
 */
export function furtherScopes(features: readonly Feature[], granted: readonly string[]): string[] {
  return SCOPES.filter(
    ({ scope, for: use }) =>
      use !== 'required' && (granted.includes(scope) || use.some((feature) => features.includes(feature))),
  ).map(({ scope }) => scope);
}
