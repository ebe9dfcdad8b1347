/** What a static token may do when nothing else is asked for: everything the simulator knows a scope for. */
export const ALL_SCOPES: readonly string[] = [
  'oauth',
  'automation',
  'tickets',
  ...['contacts', 'companies', 'deals', 'custom'].flatMap((type) => [
    `crm.objects.${type}.read`,
    `crm.objects.${type}.write`,
    `crm.schemas.${type}.read`,
    `crm.schemas.${type}.write`,
  ]),
  'crm.objects.owners.read',
];
