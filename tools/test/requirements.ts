import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A program that suites need and npm doesn't bring. */
interface Requirement {
  command: string;
  neededFor: string;
  apt: string;
  brew: string;
}

const REQUIREMENTS: readonly Requirement[] = [
  { command: 'redis-server', neededFor: 'the suites that run BullMQ on Redis', apt: 'redis-server', brew: 'redis' },
  { command: chromiumPath(), neededFor: 'the suites that open pages in a browser', apt: 'chromium', brew: 'chromium' },
];

/** CHROMIUM_PATH, or where the package puts it; any Chromium or Chrome will do. */
export function chromiumPath(): string {
  const packaged =
    process.platform === 'darwin' ? '/Applications/Chromium.app/Contents/MacOS/Chromium' : '/usr/bin/chromium';
  return process.env['CHROMIUM_PATH'] ?? packaged;
}

/**
 * Installs what is missing where that works without asking (root on a Debian), and otherwise says what to run.
 * @returns undefined when everything is there.
 */
export function provideRequirements(say: (line: string) => void): string | undefined {
  const missing = REQUIREMENTS.filter(({ command }) => !isInstalled(command));
  if (missing.length === 0) return undefined;
  const packages = missing.map(({ apt }) => apt);
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say(`installing ${packages.join(', ')} …`);
    const problem = installWithApt(packages);
    if (problem === undefined && missing.every(({ command }) => isInstalled(command))) return undefined;
    return `${describe(missing)}\napt-get could not install ${packages.join(' ')}:\n${problem ?? ''}`.trimEnd();
  }
  const command =
    process.platform === 'darwin'
      ? `brew install ${missing.map(({ brew }) => brew).join(' ')}`
      : `sudo apt-get install -y ${packages.join(' ')}`;
  return `${describe(missing)}\nInstall it, and run the tests again:\n\n  ${command}\n`;
}

function describe(missing: readonly Requirement[]): string {
  return missing.map(({ command, neededFor }) => `${command} is missing: ${neededFor} need it.`).join('\n');
}

/** @returns what apt-get said when it failed. */
function installWithApt(packages: readonly string[]): string | undefined {
  // Without recommendations nothing but the server comes; the package lists of a fresh image may be missing.
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const attempts = [[install], [['update', '-qq'], install]];
  let problem = '';
  for (const steps of attempts) {
    const failed = steps.map((args) => aptGet(args)).find((result) => result !== undefined);
    if (failed === undefined) return undefined;
    problem = failed;
  }
  return problem;
}

function aptGet(args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
      // Debian starts a service it installs; the suites start their own on a free port.
      RUNLEVEL: '1',
    },
  });
  return status === 0 ? undefined : `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim();
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}
