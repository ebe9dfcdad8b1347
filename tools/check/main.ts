// npm run check: everything that can be said about the sources without running them. One line per check, then what failed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';

interface Check {
  name: string;
  /** A script in node_modules/, then its arguments; run by this Node. */
  command: readonly [script: string, ...args: string[]];
  /** What mends it, when a machine can. */
  mend?: string;
}

interface Result {
  check: Check;
  passed: boolean;
  seconds: number;
  output: string;
}

const root = resolve(import.meta.dirname, '..', '..');
const bin = (path: string): string => join('node_modules', path);

/** The slow ones first, so that the short ones fill the gaps. */
const CHECKS: readonly Check[] = [
  { name: 'types', command: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'boundaries', command: [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), 'apps', 'libs', 'tools'] },
  { name: 'dead code', command: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'format', command: [bin('prettier/bin/prettier.cjs'), '--check', '.'], mend: 'npm run fix' },
  { name: 'lint', command: [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'], mend: 'npm run fix' },
  { name: 'types, console', command: [bin('typescript/bin/tsc'), '-p', 'apps/console/tsconfig.json'] },
  { name: 'types, tools', command: [bin('typescript/bin/tsc'), '-p', 'tools/tsconfig.json'] },
  { name: 'openapi.json', command: ['tools/openapi/main.ts', '--check'], mend: 'npm run openapi' },
];

const waiting = CHECKS.filter(
  ({ command: [script] }) => script.startsWith('node_modules') || existsSync(join(root, script)),
);
const results: Result[] = [];
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));

const failed = results.filter(({ passed }) => !passed);
for (const { check, output } of failed) {
  console.log(`\n${styleText('bold', check.name)}\n${output.trim()}`);
  if (check.mend) console.log(`\n  ${check.mend} mends what a machine can.`);
}
console.log(
  failed.length === 0
    ? `\n${results.length} checks passed`
    : `\n${results.length - failed.length} checks passed, ${failed.length} failed: ${failed.map(({ check }) => check.name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const result = await run(check);
    results.push(result);
    const mark = result.passed ? styleText('green', 'passed') : styleText('red', 'failed');
    console.log(`${mark}  ${check.name.padEnd(14)} ${result.seconds.toFixed(1).padStart(5)} s`);
  }
}

async function run(check: Check): Promise<Result> {
  const [script, ...args] = check.command;
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number>((resolveCode) => {
    child.once('error', (error) => {
      output += error.message;
      resolveCode(1);
    });
    child.once('close', (exitCode) => resolveCode(exitCode ?? 1));
  });
  return { check, passed: code === 0, seconds: (performance.now() - begun) / 1000, output };
}
