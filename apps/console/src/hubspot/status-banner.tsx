import { Notice } from '../show/notice.js';
import type { Connection, WritebackMode } from './connection.js';
import { BANNERS, furtherWords } from './words.js';

/** The connection's state in a colour and in words; read out when it changes. */
export function StatusBanner({ connection, mode }: { connection: Connection; mode: WritebackMode | undefined }) {
  const { status } = connection;
  if (status === 'disconnected') return undefined;
  const { tone, text } = BANNERS[status];
  return (
    <Notice tone={tone} title={text} role="status">
      {furtherWords(connection, mode).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}
