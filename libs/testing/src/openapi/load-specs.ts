import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApiDocument, Specification } from './openapi-document.js';
import { specFiles, specsFolder } from './specs-folder.js';

/**
 * Reads HubSpot's OpenAPI files (45 files, 4 MB).
 * @throws when the folder is missing or empty: ask `specsAvailable()` first.
 */
export function loadSpecs(folder = specsFolder()): Specification[] {
  const files = specFiles(folder);
  if (files.length === 0) throw new Error(`HubSpot's OpenAPI files are not at ${folder}; set HUBSPOT_SPECS_DIR`);
  return files.map((file) => {
    const [name = '', version = ''] = file.split('.');
    return { name, version, document: JSON.parse(readFileSync(join(folder, file), 'utf8')) as OpenApiDocument };
  });
}
