import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { firstPageSizes, limitFirstPage } from './limit-first-page.ts';

/** Nothing that compresses: about as many bytes afterwards. */
const code = (bytes: number): string => randomBytes(bytes * 0.75).toString('base64');

const bundle = {
  'entry.js': { type: 'chunk', isEntry: true, imports: ['shared.js'], code: code(40_000) },
  'shared.js': { type: 'chunk', imports: ['entry.js'], code: code(20_000) },
  'later-page.js': { type: 'chunk', imports: ['shared.js'], code: code(500_000) },
  'entry.css': { type: 'asset' },
} as const;

it('counts the entry and what it imports at once, compressed, and no page that loads later', () => {
  const sizes = firstPageSizes(bundle as never);
  expect(sizes.map(({ name }) => name)).toEqual(['entry.js', 'shared.js']);
  const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
  expect(total).toBeGreaterThan(40);
  expect(total).toBeLessThan(60);
});

it('fails the build above the limit, and says what is big', () => {
  const said: string[] = [];
  const context = {
    error: (message: string) => {
      throw new Error(message);
    },
    info: (message: string) => said.push(message),
  };
  const generate = (limitKb: number): void => {
    const { generateBundle } = limitFirstPage(limitKb);
    (generateBundle as unknown as (this: typeof context, options: object, made: unknown) => void).call(
      context,
      {},
      bundle,
    );
  };
  expect(() => generate(20)).toThrow(/more than 20:[^]*kB {2}entry\.js/);
  generate(100);
  expect(said).toEqual([expect.stringContaining('of at most 100')]);
});
