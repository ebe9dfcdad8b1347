import type { Operation, Specification } from './openapi-document.js';

export interface FoundOperation {
  readonly specification: Specification;
  readonly operation: Operation;
  readonly template: string;
}

/** The ids under which the typed files mount standard objects, beside their plural names. */
const pluralOf: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-18': 'communications',
  '0-46': 'notes',
  '0-48': 'calls',
};

/** Files about any object type. The first one's name stands in every dated path and says nothing. */
const generic = new Set(['objects', 'custom-objects']);

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** How well a path fits a template: the number of literal segments, or -1. A parameter takes exactly one segment. */
function fit(template: readonly string[], path: readonly string[]): number {
  if (template.length !== path.length) return -1;
  let literals = 0;
  for (const [index, segment] of template.entries()) {
    if (segment.startsWith('{')) continue;
    if (segment !== path[index]) return -1;
    literals += 1;
  }
  return literals;
}

/**
 * The operation that a call reaches. Many files describe the same generic path (`/crm/objects/2026-09/{objectType}`):
 * the most literal template wins, then the file of the object type in the path, then the generic files.
 */
export function findOperation(
  specifications: readonly Specification[],
  method: string,
  path: string,
): FoundOperation | undefined {
  const segments = segmentsOf(path.split('?')[0] ?? '');
  const named = new Set(segments.map((segment) => pluralOf[segment] ?? segment));
  let best: (FoundOperation & { readonly score: number }) | undefined;
  for (const specification of specifications) {
    const own = generic.has(specification.name) ? 1 : Number(named.has(specification.name)) * 2;
    for (const [template, operations] of Object.entries(specification.document.paths ?? {})) {
      const operation = operations[method.toLowerCase()];
      const literals = operation === undefined ? -1 : fit(segmentsOf(template), segments);
      const score = literals * 10 + own;
      if (operation !== undefined && literals >= 0 && score > (best?.score ?? -1)) {
        best = { specification, operation, template, score };
      }
    }
  }
  return best;
}
