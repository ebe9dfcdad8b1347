import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** @returns who listens on the port, as `node (process 4711)`; undefined where this user may not know. */
export function findPortOwner(port: number): string | undefined {
  const owner = process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port);
  return owner === undefined ? undefined : `${owner.name} (process ${owner.pid})`;
}

interface Owner {
  name: string;
  pid: string;
}

/** Read from /proc, since a minimal Linux has neither lsof nor ss. */
function ownerFromProc(port: number): Owner | undefined {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)));
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const holds = readdirSync(`/proc/${pid}/fd`).some((fd) => {
        const [, inode] = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${fd}`)) ?? [];
        return inode !== undefined && sockets.has(inode);
      });
      if (holds) return { pid, name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() };
    } catch {
      // gone meanwhile, or another user's
    }
  }
  return undefined;
}

/** Columns of /proc/net/tcp (man 5 proc): 1 local address:port in hex, 3 state (0A = listening), 9 inode. */
function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    const rows = readFileSync(table, 'utf8').split('\n').slice(1);
    const columns = rows.map((row) => row.trim().split(/\s+/));
    return columns.flatMap((row) => (row[1]?.endsWith(suffix) && row[3] === '0A' && row[9] ? [row[9]] : []));
  } catch {
    return [];
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function ownerFromLsof(port: number): Owner | undefined {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const [, pid] = /^p(\d+)$/m.exec(stdout ?? '') ?? [];
  const [, name] = /^c(.+)$/m.exec(stdout ?? '') ?? [];
  return pid === undefined || name === undefined ? undefined : { pid, name };
}
