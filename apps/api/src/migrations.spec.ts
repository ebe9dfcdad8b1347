import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from './migrations.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const WRITTEN = globSync('libs/*/src/**/migrations/[0-9]*.ts', { cwd: ROOT }).map((path) => {
  const [, name = ''] = /^export class (\w+) /m.exec(readFileSync(join(ROOT, path), 'utf8')) ?? [];
  return { path, name };
});

describe('the migrations', () => {
  it('are all that the libs have, whichever app comes first', () => {
    const names = WRITTEN.map(({ name }) => name).toSorted();
    expect(names.length).toBeGreaterThan(20);
    expect(MIGRATIONS.map(({ name }) => name).toSorted()).toEqual(names);
    const [api, worker] = ['api', 'worker'].map((app) =>
      readFileSync(join(ROOT, `apps/${app}/src/migrations.ts`), 'utf8'),
    );
    expect(worker).toBe(api);
  });

  it('each have a number of their own, by which they are ordered, in their name and their file’s', () => {
    const numbers = WRITTEN.map(({ path, name }) => [/(\d+)-[\w-]+\.ts$/.exec(path)?.[1], /(\d{13})$/.exec(name)?.[1]]);
    for (const [ofFile, ofClass] of numbers) expect(ofFile).toBe(ofClass);
    expect(new Set(numbers.map(([number]) => number)).size).toBe(WRITTEN.length);
  });
});
