import { HUBSPOT_MIGRATIONS } from '@app/hubspot';
import { type MigrationClass, PLATFORM_MIGRATIONS } from '@app/platform';
import { SKILLS_MIGRATIONS } from '@app/skills';
import { TENANTS_MIGRATIONS } from '@app/tenants';
import { TRANSCRIPTS_MIGRATIONS } from '@app/transcripts';

/** Every lib owns its tables and lists its migrations; an app only names the libs. */
export const MIGRATIONS: readonly MigrationClass[] = [
  ...PLATFORM_MIGRATIONS,
  ...TENANTS_MIGRATIONS,
  ...TRANSCRIPTS_MIGRATIONS,
  ...HUBSPOT_MIGRATIONS,
  ...SKILLS_MIGRATIONS,
];
