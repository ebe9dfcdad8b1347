import type { QueryRunner } from 'typeorm';

/** How often a session that otherwise has nothing to say is asked whether it is there, and for how many beats it may be silent. */
const BEAT_MS = 5_000;
const MOST_UNANSWERED = 3;

/** What of the driver's connection is used here. */
interface DriverConnection {
  once(event: 'end' | 'error', listener: () => void): this;
  off(event: 'end' | 'error', listener: () => void): this;
  end(): Promise<void>;
}

/** Notices within seconds that a session, and what the server holds for it, is lost. */
export function watchSession(session: QueryRunner): { held: AbortSignal; stop: () => void } {
  const loss = new AbortController();
  const connected: Promise<DriverConnection> = session.connect();
  const lost = (): void => {
    clearInterval(beat);
    loss.abort();
    // Where packets are swallowed the connection would look open for long.
    connected.then((connection) => connection.end()).catch(() => undefined);
  };
  let unanswered = 0;
  const beat = setInterval(() => {
    if (unanswered >= MOST_UNANSWERED) {
      lost();
      return;
    }
    unanswered += 1;
    // The next beat asks again only after the answer; a busy process may hear it late.
    if (unanswered > 1) return;
    session
      .query('SELECT 1')
      .catch(lost)
      .finally(() => {
        unanswered = 0;
      });
  }, BEAT_MS);
  connected.then((connection) => connection.once('end', lost).once('error', lost)).catch(lost);
  return {
    held: loss.signal,
    stop: () => {
      clearInterval(beat);
      connected.then((connection) => connection.off('end', lost).off('error', lost)).catch(() => undefined);
    },
  };
}
