import { Socket } from 'node:net';

/**
 * A socket for a database connection that doesn't wait for ever. A network that swallows packets ends no connection: the
 * kernel repeats for a quarter of an hour, and whoever waits for the answer waits with it. Here nothing sent and nothing
 * received for `ms` is the end. Longer than the server's own time limit for a statement, which is heard of in time.
 */
export function giveUpOnSilence(ms: number): Socket {
  const socket = new Socket();
  socket.setTimeout(ms, () => socket.destroy(new Error(`The database has said nothing for ${ms / 1000} s`)));
  return socket;
}
