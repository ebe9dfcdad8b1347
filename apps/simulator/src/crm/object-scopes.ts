type Access = 'read' | 'write';

/** Notes, calls and communications go by the contact scopes (FACTS §4); tickets know a single one. */
export function objectScopes(typeKey: string | undefined, access: Access): readonly string[] {
  if (typeKey === undefined) return [`crm.objects.contacts.${access}`];
  if (typeKey.startsWith('2-')) return [`crm.objects.custom.${access}`];
  if (typeKey === 'tickets') return ['tickets'];
  if (typeKey === 'companies' || typeKey === 'deals') return [`crm.objects.${typeKey}.${access}`];
  return [`crm.objects.contacts.${access}`];
}

/** Reading associations needs a scope of either end, read or write; writing them a write scope (SPEC: any of a long set). */
export const associationScopes = (from: string | undefined, to: string | undefined, access: Access): string[] => [
  ...new Set(
    [from, to].flatMap((typeKey) =>
      access === 'read'
        ? [...objectScopes(typeKey, 'read'), ...objectScopes(typeKey, 'write')]
        : objectScopes(typeKey, 'write'),
    ),
  ),
];

/** Definitions of sensitive properties are read with the scopes of sensitive values (SPEC:properties lists them; that they are needed is inferred). */
export function sensitiveScopes(typeKey: string | undefined, sensitivity: string): string[] {
  const base =
    typeKey === 'tickets' ? 'tickets' : `crm.objects.${typeKey?.startsWith('2-') ? 'custom' : (typeKey ?? 'contacts')}`;
  const names = typeKey === 'tickets' ? [sensitivity] : [`${sensitivity}.read`, `${sensitivity}.write`];
  return names.flatMap((name) => [`${base}.${name}`, `${base}.${name}.v2`]);
}

export function schemaScopes(typeKey: string | undefined, access: Access): string[] {
  if (typeKey === undefined) return [`crm.schemas.contacts.${access}`];
  if (typeKey.startsWith('2-')) return [`crm.schemas.custom.${access}`, `crm.objects.custom.${access}`];
  if (typeKey === 'tickets') return ['tickets'];
  const base = typeKey === 'companies' || typeKey === 'deals' ? typeKey : 'contacts';
  return access === 'write'
    ? [`crm.schemas.${base}.write`]
    : [`crm.schemas.${base}.read`, `crm.objects.${base}.read`, `crm.objects.${base}.write`];
}
