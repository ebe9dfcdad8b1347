import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildIfStale } from '../build/build.ts';

/** `npm run openapi` writes openapi.json from the API's sources; `--check` fails when the committed one is another. */
const root = resolve(import.meta.dirname, '..', '..');
const file = resolve(root, 'openapi.json');

const build = await buildIfStale(root, () => console.log('building api, worker and simulator …'));
if (build.outcome === 'failed') {
  console.error(build.output);
  process.exit(1);
}
const built = execFileSync(process.execPath, [resolve(root, 'dist/apps/api/src/describe.js')], {
  encoding: 'utf8',
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
});

if (process.argv.includes('--check')) {
  if (readCommitted() !== built) {
    console.error('openapi.json is not what the API serves: run npm run openapi, and commit it.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, built);
  console.log(`openapi.json: ${Object.keys((JSON.parse(built) as { paths: object }).paths).length} paths`);
}

function readCommitted(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
