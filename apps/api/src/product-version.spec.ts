import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { PRODUCT_VERSION } from './product-version.js';

it('is that of package.json', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect((JSON.parse(text) as { version: string }).version).toBe(PRODUCT_VERSION);
});
