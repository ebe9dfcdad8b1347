import type { LinkProps } from '@tanstack/react-router';

interface Place {
  to: NonNullable<LinkProps['to']>;
  label: string;
  /** Left out: everyone who is signed in. */
  only?: 'admin';
}

interface Section {
  /** Left out for the places of every day, which come first. */
  title?: string;
  places: readonly Place[];
}

/** The console's pages, as they stand in the navigation. */
export const NAVIGATION: readonly Section[] = [
  {
    places: [
      { to: '/desk', label: 'Desk' },
      { to: '/deliveries', label: 'Deliveries' },
      { to: '/skills', label: 'Skills' },
    ],
  },
  {
    title: 'Settings',
    places: [
      { to: '/settings/integrations/hubspot', label: 'HubSpot' },
      { to: '/settings/api-keys', label: 'API keys', only: 'admin' },
      { to: '/settings/users', label: 'Users', only: 'admin' },
      { to: '/settings/audit', label: 'Audit log', only: 'admin' },
    ],
  },
];
