import { resolve } from 'node:path';
import { chromiumPath } from './requirements.ts';
import { startServers, type TestServers } from './servers.ts';
import { findStaleBuild, makeTemplate, TEMPLATE } from './template.ts';

declare global {
  // Jest runs setup and teardown in one process, once for each project that has tests to run.
  var threadlineTestServers: TestServers | undefined;
}

const root = resolve(import.meta.dirname, '..', '..');

/**
 * PostgreSQL with a migrated template database, and Redis, for the medium and e2e projects. Test files learn of them
 * through the environment and libs/testing:
 * THREADLINE_TEST_DATABASE_URL (superuser), THREADLINE_TEST_ROLE_PASSWORD, THREADLINE_TEST_TEMPLATE,
 * THREADLINE_TEST_TEMPLATE_PROBLEM, THREADLINE_TEST_REDIS_URL, THREADLINE_TEST_FOLDER, CHROMIUM_PATH.
 */
export default async function setup(): Promise<void> {
  if (globalThis.threadlineTestServers) return;
  const stale = await findStaleBuild(root);
  if (stale) console.warn(`\n${stale}`);
  const servers = await startServers();
  globalThis.threadlineTestServers = servers;
  const template = await makeTemplate(root, servers.cluster.adminUrl);
  if (template.problem) console.warn(`\nNo template database: ${template.problem}`);
  Object.assign(process.env, {
    THREADLINE_TEST_DATABASE_URL: servers.cluster.adminUrl,
    THREADLINE_TEST_ROLE_PASSWORD: template.password,
    THREADLINE_TEST_TEMPLATE: TEMPLATE,
    THREADLINE_TEST_TEMPLATE_PROBLEM: template.problem ?? '',
    THREADLINE_TEST_REDIS_URL: servers.redis.url,
    THREADLINE_TEST_FOLDER: servers.folder,
    CHROMIUM_PATH: chromiumPath(),
  });
}
