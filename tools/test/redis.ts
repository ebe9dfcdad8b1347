import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endChild, hasEnded } from '../processes/end.ts';
import { leash } from '../processes/leash.ts';

export interface RedisServer {
  url: string;
  pid: number;
  /** Resolves when the server has ended, wanted or not. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/** Each test file gets a database of its own out of these; an unused one costs under a kilobyte. */
const DATABASES = 4_096;
const START_TIMEOUT_MS = 15_000;

/** A Redis that keeps nothing on disk, on the loopback. */
export async function startRedis({ folder, port }: { folder: string; port: number }): Promise<RedisServer> {
  const log = await open(join(folder, 'redis.log'), 'a');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--databases', String(DATABASES)];
  const server = spawn('redis-server', [...args, '--save', '', '--appendonly', 'no'], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let failure: Error | undefined;
  server.on('error', (error) => (failure = error));
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  if (server.pid !== undefined) server.once('exit', leash(server.pid, ['TERM', 'KILL']));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answersPing(port))) {
    if (failure) throw new Error(`redis-server can't be run: ${failure.message}`);
    if (hasEnded(server) || Date.now() > deadline)
      throw new Error(`redis-server did not start: see ${folder}/redis.log`);
    await delay(30);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: server.pid ?? 0,
    ended,
    stop: async () => {
      await endChild(server, { signal: 'SIGTERM', timeoutMs: 3_000, thenSignal: 'SIGKILL' });
      await log.close();
    },
  };
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1_000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
