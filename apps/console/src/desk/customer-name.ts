interface Named {
  firstName?: string;
  lastName?: string;
  email?: string;
  phone?: string;
}

/** As people say it: a name, else what else is known. */
export function nameOf({ firstName, lastName, email, phone }: Named): string {
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return [name, email, phone].find((known) => known !== undefined && known !== '') ?? 'Unknown customer';
}
