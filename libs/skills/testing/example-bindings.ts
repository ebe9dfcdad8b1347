/** The body of a search, as a caller would send it; say what is different. */
export function aSearch(search: object = {}, rest: object = {}): Record<string, unknown> {
  return {
    toolName: 'find_people',
    description: 'Finds people',
    operation: 'restSearch',
    restSearch: { object: 'contacts', where: [], select: ['firstname'], take: 'one', ...search },
    ...rest,
  };
}

/** The body of a write; by default a deal with everything HubSpot wants of one. */
export function aWrite(write: object = {}, rest: object = {}): Record<string, unknown> {
  return {
    toolName: 'note_deal',
    description: 'Notes a deal',
    operation: 'restWrite',
    restWrite: {
      action: 'create',
      object: 'deals',
      set: [
        { field: 'dealname', value: { input: 'title' } },
        { field: 'pipeline', value: { constant: 'default' } },
        { field: 'dealstage', value: { constant: 'new' } },
      ],
      ...write,
    },
    inputs: [anInput('title')],
    ...rest,
  };
}

export function anInput(name: string, traits: object = {}): Record<string, unknown> {
  return { name, description: `The ${name}`, ...traits };
}
