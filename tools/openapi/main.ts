import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { buildIfStale } from '../build/build.ts';

/**
 * `npm run openapi` writes openapi.json from the API's sources, from that the types the console calls it by, and the JSON
 * Schema of bindings; `--check` fails when a committed one is another.
 */
const root = resolve(import.meta.dirname, '..', '..');

// What has a default may be left out of a request.
const OPTIONS = { defaultNonNullable: false };

const build = await buildIfStale(root, (what) => console.log(`building ${what} …`));
if (build.outcome === 'failed') {
  console.error(build.output);
  process.exit(1);
}
const built = execFileSync(process.execPath, [resolve(root, 'dist/apps/api/src/describe.js')], {
  encoding: 'utf8',
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
});

const document = JSON.parse(built) as OpenAPI3;
const grammar = (await import(resolve(root, 'dist/libs/skills/src/grammar/published-schema.js'))) as {
  publishedSchema: () => object;
};
const generated: Readonly<Record<string, string>> = {
  'openapi.json': built,
  'docs/binding.schema.json': `${JSON.stringify(grammar.publishedSchema(), undefined, 2)}\n`,
  'apps/console/src/api/schema.d.ts': `// Made from openapi.json by \`npm run openapi\`.\n${astToString(await openapiTS(document, OPTIONS))}`,
};

if (process.argv.includes('--check')) {
  for (const [name, content] of Object.entries(generated)) {
    if (readCommitted(name) === content) continue;
    console.error(`${name} is not what the API serves: run npm run openapi, and commit it.`);
    process.exitCode = 1;
  }
} else {
  for (const [name, content] of Object.entries(generated)) writeFileSync(resolve(root, name), content);
  console.log(`openapi.json: ${Object.keys(document.paths ?? {}).length} paths`);
}

function readCommitted(name: string): string | undefined {
  try {
    return readFileSync(resolve(root, name), 'utf8');
  } catch {
    return undefined;
  }
}
