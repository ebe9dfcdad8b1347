import { createServer } from 'node:net';

export type PortState = 'free' | 'taken' | 'forbidden';

/**
 * Tries the port on every address and on the loopback by itself: macOS lets two processes share a port when their
 * addresses differ, and the more specific one gets the calls.
 */
export async function probePort(port: number): Promise<PortState> {
  for (const host of [undefined, '127.0.0.1']) {
    const opened = await tryListen(port, host);
    if (typeof opened !== 'number') return opened === 'EACCES' ? 'forbidden' : 'taken';
  }
  return 'free';
}

/** A loopback port that nobody listens on right now; the kernel hands out another one to the next caller. */
export async function findFreePort(): Promise<number> {
  const opened = await tryListen(0, '127.0.0.1');
  if (typeof opened !== 'number') throw new Error(`No port could be opened on 127.0.0.1 (${opened}).`);
  return opened;
}

/** @returns the port, or the error's code. */
function tryListen(port: number, host?: string): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 'EADDRNOTAVAIL'));
    });
  });
}
