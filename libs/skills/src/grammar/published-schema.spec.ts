import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { aSearch, aWrite } from '../../testing/index.js';
import { publishedSchema } from './published-schema.js';
import { readBinding } from './read-binding.js';

const committed = JSON.parse(
  readFileSync(new URL('../../../../docs/binding.schema.json', import.meta.url), 'utf8'),
) as object;
const document = readFileSync(new URL('../../../../docs/bindings.md', import.meta.url), 'utf8');

describe('docs/binding.schema.json', () => {
  it('is what the grammar says: `npm run openapi` writes it', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
  });

  it('takes what the grammar takes, and nothing else', () => {
    const takes = new Ajv2020({ strict: false }).compile(committed);
    const bodies = [
      aSearch(),
      aWrite(),
      aSearch({ take: 'all' }),
      aSearch({}, { toolName: 'X' }),
      { operation: 'ask' },
    ];
    expect(bodies.map((body) => takes(body))).toEqual([true, true, false, false, false]);
    expect(bodies.map((body) => readBinding(body).read)).toEqual([true, true, false, false, false]);
  });
});

describe('docs/bindings.md', () => {
  it('shows bindings that the grammar takes', () => {
    const blocks = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    const whole = blocks.map((block): unknown => JSON.parse(block.trim().startsWith('{') ? block : `{${block}}`));
    const bindings = whole.map((body) => ({
      toolName: 'a_tool',
      description: 'One of the examples',
      operation: 'restSearch' in (body as object) ? 'restSearch' : 'restWrite',
      ...(body as object),
    }));
    expect(bindings).toHaveLength(4);
    expect(bindings.map((body) => readBinding(body).read)).toEqual([true, true, true, true]);
  });
});
