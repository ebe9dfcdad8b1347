import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONSOLE_SOURCES, fingerprintSources, PROGRAM_SOURCES } from './fingerprint.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fingerprint-'));
  for (const folder of ['apps/api/src/http', 'libs/crm/src', 'apps/console/src'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'apps/api/src/main.ts'), 'one');
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

it('changes with a source file, its name and its going, and with nothing else', async () => {
  const before = await fingerprintSources(root, PROGRAM_SOURCES);
  await utimes(join(root, 'apps/api/src/main.ts'), 1, 1);
  await writeFile(join(root, 'apps/api/src/main.spec.ts'), 'a test');
  await writeFile(join(root, 'apps/console/src/main.ts'), 'built by itself');
  expect(await fingerprintSources(root, PROGRAM_SOURCES)).toBe(before);

  const seen = [before];
  await writeFile(join(root, 'apps/api/src/main.ts'), 'two');
  seen.push(await fingerprintSources(root, PROGRAM_SOURCES));
  await writeFile(join(root, 'libs/crm/src/index.ts'), '');
  seen.push(await fingerprintSources(root, PROGRAM_SOURCES));
  await writeFile(join(root, 'apps/api/src/http/page.html'), '<p>');
  seen.push(await fingerprintSources(root, PROGRAM_SOURCES));
  await writeFile(join(root, 'package-lock.json'), '{}');
  seen.push(await fingerprintSources(root, PROGRAM_SOURCES));
  expect(new Set(seen).size).toBe(seen.length);

  await writeFile(join(root, 'apps/api/src/main.ts'), 'one');
  for (const file of ['libs/crm/src/index.ts', 'apps/api/src/http/page.html', 'package-lock.json'])
    await rm(join(root, file));
  expect(await fingerprintSources(root, PROGRAM_SOURCES)).toBe(before);
});

it('tells the console’s sources from the programs’', async () => {
  const both = async (): Promise<[string, string]> => [
    await fingerprintSources(root, PROGRAM_SOURCES),
    await fingerprintSources(root, CONSOLE_SOURCES),
  ];
  const [programs, page] = await both();
  await writeFile(join(root, 'apps/console/src/main.tsx'), 'a page');
  const [programsAfter, pageAfter] = await both();
  expect(programsAfter).toBe(programs);
  expect(pageAfter).not.toBe(page);
  await writeFile(join(root, 'apps/api/src/main.ts'), 'two');
  expect((await both())[1]).toBe(pageAfter);
});
