import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { findFreePort, probePort } from './free-port.ts';
import { findPortOwner } from './port-owner.ts';

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

async function occupy(host?: string): Promise<number> {
  const port = await findFreePort();
  server = createServer().listen({ port, host });
  await once(server, 'listening');
  return port;
}

describe('probePort', () => {
  it('finds a free port free', async () => {
    expect(await probePort(await findFreePort())).toBe('free');
  });

  it.each([undefined, '127.0.0.1'])('finds a port taken that somebody listens on at %s', async (host) => {
    expect(await probePort(await occupy(host))).toBe('taken');
  });
});

describe('findPortOwner', () => {
  it('names who listens', async () => {
    expect(findPortOwner(await occupy('127.0.0.1'))).toMatch(new RegExp(`^\\S+ \\(process ${process.pid}\\)$`));
  });

  it('names nobody for a free port', async () => {
    expect(findPortOwner(await findFreePort())).toBeUndefined();
  });
});
