import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { keepPrinted, knowSecret, knowText, spawnProgram } from '@app/testing';
import { describeLeaks, findLeaks } from './leaks.ts';

const root = join(import.meta.dirname, '..', '..');
const ofTheRun = process.env['THREADLINE_TEST_FOLDER'];

/** Stands in for the run's own folder: what leaks here must not fail the run. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaks-'));
  process.env['THREADLINE_TEST_FOLDER'] = folder;
});

afterEach(async () => {
  process.env['THREADLINE_TEST_FOLDER'] = ofTheRun;
  await rm(folder, { recursive: true });
});

const secret = (): string => randomBytes(24).toString('base64url');

/** Runs a program that prints `text`, with `env`. */
async function print(text: string, env: Record<string, string> = {}): Promise<void> {
  const program = join(folder, 'program.mjs');
  await writeFile(program, `console.log('before'); console.error(${JSON.stringify(text)}); console.log('after');`);
  const { exited } = spawnProgram({ folder: '.', entry: relative(root, program), env });
  expect(await exited).toMatchObject({ code: 0 });
}

describe('the search for secrets in what programs printed', () => {
  it('finds a planted one, and says which kind and which program, but not the secret', async () => {
    const cookie = secret();
    knowSecret('session cookie', cookie);
    await print(`GET /auth/me with ${cookie} of someone`);
    const leaks = await findLeaks(folder);
    expect(leaks).toMatchObject([
      { kind: 'session cookie', program: expect.stringMatching(/program\.mjs \(process \d+, stderr\)$/), lines: 1 },
    ]);
    expect(describeLeaks(leaks)).toContain('GET /auth/me with █session cookie█ of someone');
    expect(JSON.stringify(leaks)).not.toContain(cookie);
  });

  it.each(['SESSION_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD', 'HUBSPOT_CLIENT_SECRET', 'SUMMARY_MODEL_KEY'])(
    'knows %s of a program’s environment by itself',
    async (name) => {
      const value = secret();
      await print(`configured with ${value}`, { [name]: value });
      expect(await findLeaks(folder)).toHaveLength(1);
    },
  );

  it('knows keys of a ring, and the password of a database’s address', async () => {
    const [key, password] = [randomBytes(32).toString('base64'), secret()];
    const env = { ENCRYPTION_KEYS: `k2:${key}`, DATABASE_URL: `postgres://me:${password}@localhost/x` };
    await print(`${key}\n${password}`, env);
    const kinds = (await findLeaks(folder)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['database password', 'encryption key']);
  });

  it.each([
    ['in JSON', (text: string) => JSON.stringify({ msg: text })],
    ['in an address', (text: string) => `/x?text=${encodeURIComponent(text)}`],
    ['cut off', (text: string) => `${text.slice(0, 60)}…`],
  ])('finds what a person wrote %s', async (_, put) => {
    const text = `My "cat" is called ${secret()}, and it is neither here nor there nor anywhere\nsecond line`;
    knowText(text);
    await print(put(text));
    expect(await findLeaks(folder)).toMatchObject([{ kind: 'message text' }]);
  });

  it.each([
    ['API key', `tl_live_${randomBytes(32).toString('base64url')}`],
    ['static token', 'pat-na1-6f1c2a34-0000-4000-8000-1234567890ab'],
    ['code or refresh token', 'eu1-6f1c2a34-0000-4000-8000-1234567890ab'],
    ['access token', `CJ${randomBytes(186).toString('base64url')}`],
    ['password hash', '$argon2id$v=19$m=19456'],
  ])('tells an unknown %s by its looks', async (kind, value) => {
    keepPrinted('some program', `with ${value}\n`);
    expect(await findLeaks(folder)).toMatchObject([{ kind, program: 'some program' }]);
  });

  it('lets the operator’s command show the key it made, and nothing else', async () => {
    const session = secret();
    knowSecret('session cookie', session);
    keepPrinted('apps/api/src/admin.js (process 1, stdout)', `tl_live_${randomBytes(32).toString('base64url')}\n`);
    expect(await findLeaks(folder)).toEqual([]);
    keepPrinted('apps/api/src/admin.js (process 1, stdout)', `${session}\n`);
    expect(await findLeaks(folder)).toHaveLength(1);
  });

  it('finds nothing where nothing is, nor where nothing was printed', async () => {
    expect(await findLeaks(folder)).toEqual([]);
    knowSecret('session cookie', secret());
    await print('nothing to see');
    expect(await findLeaks(folder)).toEqual([]);
  });
});
