import { spawn } from 'node:child_process';

/**
 * Ends `pid` when this process goes away, however it goes: the kernel closes the pipe a small shell waits on, so even
 * `kill -9` of the holder leaves nothing running behind. Signals sent to a terminal's group don't reach the shell.
 *
 * @param signals first the polite one, and five seconds later, if that was not enough, the other.
 * @returns lets go: call it when the process has ended, before its number can belong to another.
 */
export function leash(pid: number, signals: readonly [polite: string, forceful: string]): () => void {
  const script = `
    while read -r _; do :; done
    kill -s "$2" "$1" 2>/dev/null || exit 0
    for _ in 1 2 3 4 5; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done
    kill -s "$3" "$1" 2>/dev/null`;
  const shell = spawn('/bin/sh', ['-c', script, 'leash', String(pid), ...signals], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  shell.on('error', () => {}); // no /bin/sh: nothing is lost but this safety net
  shell.stdin.on('error', () => {});
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return () => {
    shell.kill('SIGKILL');
  };
}
