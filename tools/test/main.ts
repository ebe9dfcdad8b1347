// npm test: builds, sees to what the suites need, and runs Jest; arguments go through (npm test -- libs/platform).
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildIfStale } from '../build/build.ts';
import { leash } from '../processes/leash.ts';
import { provideRequirements } from './requirements.ts';

const root = resolve(import.meta.dirname, '..', '..');

const missing = provideRequirements((line) => console.error(line));
if (missing !== undefined) fail(missing);

const build = await buildIfStale(root, (what) => console.error(`building ${what} …`));
if (build.outcome === 'failed') fail(build.output);

const jest = spawn(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    // ES modules in Jest; the workers take it over too.
    NODE_OPTIONS: [process.env['NODE_OPTIONS'], '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
      .filter(Boolean)
      .join(' '),
  },
});
if (jest.pid !== undefined) jest.once('exit', leash(jest.pid, ['TERM', 'KILL']));

// The terminal signals Jest as well; this process only waits for it, and passes on what came to it alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => jest.kill(signal));
jest.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});

function fail(message: string): never {
  console.error(`\n${message}\n`);
  process.exit(1);
}
