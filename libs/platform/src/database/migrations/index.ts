import type { MigrationClass } from '../migrate.js';
import { AppRole1700000000000 } from './1700000000000-app-role.js';

/** What every other table stands on. The number in a name is its place in the order of all. */
export const PLATFORM_MIGRATIONS: readonly MigrationClass[] = [AppRole1700000000000];
