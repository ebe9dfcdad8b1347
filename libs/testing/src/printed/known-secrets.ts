import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunVariable } from '../run/run-variables.js';

/** Shorter ones can't be told from ordinary words. */
const SHORTEST = 8;
/** A log may cut a long text off; its beginning is told by so many characters. */
const TEXT_CHARACTERS = 40;

const told = new Set<string>();

/**
 * Tells the run of a secret: when it ends, everything every program printed is searched for it (tools/test/leaks.ts).
 * Secrets of `spawnProgram`'s environment, what simulators issued and browsers' cookies are told by themselves.
 * @param kind what the run says when it finds one, e.g. `session cookie`
 */
export function knowSecret(kind: string, value: string | undefined): void {
  if (value === undefined || value.length < SHORTEST || told.has(value)) return;
  told.add(value);
  const folder = join(readRunVariable('THREADLINE_TEST_FOLDER'), 'secrets');
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify({ kind, value })}\n`);
}

/** Tells the run of what people wrote: each line of it, by its beginning. */
export function knowText(text: string): void {
  for (const line of text.split('\n')) {
    // A greeting may well stand in a log for other reasons.
    if (line.length >= 2 * SHORTEST) knowSecret('message text', line.slice(0, TEXT_CHARACTERS));
  }
}

const KINDS: Readonly<Record<string, string>> = {
  SESSION_SECRET: 'session secret',
  BOOTSTRAP_ADMIN_PASSWORD: 'password',
  ADMIN_PASSWORD: 'password',
  BOOTSTRAP_API_KEY: 'API key',
  ADMIN_API_KEY: 'API key',
  HUBSPOT_CLIENT_SECRET: 'client secret',
  SIMULATOR_CLIENT_SECRET: 'client secret',
  SIMULATOR_STATIC_TOKEN: 'static token',
  SUMMARY_MODEL_KEY: 'model key',
};

/** The secrets that a program is configured with. */
export function knowSecretsOf(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, kind] of Object.entries(KINDS)) knowSecret(kind, env[name]);
  for (const entry of env['ENCRYPTION_KEYS']?.split(',') ?? []) knowSecret('encryption key', entry.split(':')[1]);
  for (const name of ['DATABASE_URL', 'REDIS_URL']) {
    const { password } = URL.parse(env[name] ?? '') ?? {};
    if (password !== undefined) knowSecret('database password', decodeURIComponent(password));
  }
}
