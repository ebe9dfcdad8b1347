import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The nearest folder above this file that is the root of the repository, in sources and in the build alike. */
function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'nest-cli.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('libs/testing is used outside its repository');
    folder = parent;
  }
  return folder;
}

/**
 * Where HubSpot's official OpenAPI files are looked for: `HUBSPOT_SPECS_DIR`, else `../shared/hubspot/specs` beside the
 * repository. They are HubSpot's and are not part of it.
 */
export const specsFolder = (): string =>
  process.env['HUBSPOT_SPECS_DIR'] ?? resolve(repositoryRoot(), '../shared/hubspot/specs');

/** The `<name>.<version>.json` files of a folder; empty when there is none. */
export const specFiles = (folder = specsFolder()): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((file) => /^[a-z-]+\.[a-z0-9-]+\.json$/.test(file)) : [];

/** Whether exchanges can be validated on this machine. A suite that can't must say so and never count as validated. */
export const specsAvailable = (): boolean => specFiles().length > 0;
