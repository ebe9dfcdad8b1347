// npm run test:faults: builds, and runs the fault suite of apps/worker/test/faults with one seed.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../build/build.ts';
import { leash } from '../processes/leash.ts';
import { provideRequirements } from '../test/requirements.ts';

const USAGE = `npm run test:faults -- [options]
  --seed <number>   the plan of an earlier run; default: drawn, and told
  --rounds <number> how often workers are killed; default 50
  --only <pattern>  scenarios whose name contains it, as a regular expression
  --budget report   limits that were overrun are told, and are no failure; default: strict`;

const root = resolve(import.meta.dirname, '..', '..');
const { seed, rounds, only, budget } = readOptions();

const missing = provideRequirements((line) => console.error(line));
if (missing !== undefined) fail(missing);
const build = await buildIfStale(root, () => console.error('building api, worker and simulator …'));
if (build.outcome === 'failed') fail(build.output);

console.error(`seed ${seed}`);
const args = [
  join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
  '--config',
  'jest.faults.config.mjs',
  ...(only === undefined ? [] : ['--testNamePattern', only]),
];
const jest = spawn(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    FAULTS_SEED: seed,
    FAULTS_ROUNDS: rounds,
    FAULTS_BUDGET: budget,
    NODE_OPTIONS: [process.env['NODE_OPTIONS'], '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
      .filter(Boolean)
      .join(' '),
  },
});
if (jest.pid !== undefined) jest.once('exit', leash(jest.pid, ['TERM', 'KILL']));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => jest.kill(signal));
jest.once('exit', (code, signal) => {
  console.error(`seed ${seed}`);
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});

function readOptions(): { seed: string; rounds: string; only: string | undefined; budget: string } {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { seed: option, rounds: option, only: option, budget: option } });
    const { seed: given = String(randomInt(1_000_000)), rounds: times = '50', budget: mode = 'strict' } = values;
    const valid = /^\d{1,9}$/.test(given) && /^[1-9]\d{0,3}$/.test(times) && ['strict', 'report'].includes(mode);
    return valid ? { seed: given, rounds: times, only: values.only, budget: mode } : fail(USAGE);
  } catch {
    return fail(USAGE);
  }
}

function fail(message: string): never {
  console.error(`\n${message}\n`);
  process.exit(1);
}
