import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRIES, findStale } from '../build/build.ts';
import { provisionDatabase } from '../postgres/provision.ts';

export const TEMPLATE = 'threadline_template';

export interface Template {
  /** Of the role that owns the template and every copy of it. */
  password: string;
  /** Why there is no template, when there is none. */
  problem?: string;
}

/** Migrates the database that each test file gets a copy of, with the built migrate command, as an operator would. */
export async function makeTemplate(root: string, adminUrl: string): Promise<Template> {
  const password = randomBytes(18).toString('base64url');
  const url = await provisionDatabase(adminUrl, { database: TEMPLATE, password });
  const entry = join(root, ENTRIES.migrate);
  if (!existsSync(entry)) return { password, problem: `${ENTRIES.migrate} is not there: npm run build` };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--enable-source-maps', entry], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      DATABASE_URL: url,
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'warn',
    },
  });
  return status === 0 ? { password } : { password, problem: `${ENTRIES.migrate} failed:\n${stdout}${stderr}`.trim() };
}

/** @returns a warning when what is built is not of the sources as they stand. */
export async function findStaleBuild(root: string): Promise<string | undefined> {
  const stale = await findStale(root);
  if (stale.length === 0) return undefined;
  return `dist/ (${stale.join('; ')}): not built from these sources: suites that run what is built see an older version (npm run build)`;
}
