/** As docs/bindings.md has it. */
export const EXAMPLE_BINDING = {
  toolName: 'find_open_deals',
  description: 'Finds open deals by a word of their name',
  operation: 'restSearch',
  restSearch: {
    object: 'deals',
    where: [
      [
        { field: 'dealname', operator: 'CONTAINS_TOKEN', value: { input: 'word' } },
        { field: 'hs_is_closed', operator: 'EQ', value: { constant: false } },
      ],
    ],
    select: ['dealname', 'amount'],
    sort: { field: 'createdate', direction: 'descending' },
    take: { many: 10 },
  },
  inputs: [{ name: 'word', description: 'A word of the deal’s name', required: true, maxLength: 80 }],
  inputObjectMap: [{ input: 'word', object: 'deals', field: 'dealname' }],
  enabled: true,
} as const;

export const EXAMPLE_INPUT_SCHEMA = {
  type: 'object',
  properties: { word: { type: 'string', description: 'A word of the deal’s name', minLength: 1, maxLength: 80 } },
  required: ['word'],
  additionalProperties: false,
} as const;
