import { waitFor } from '@app/testing';

interface ReadEvent {
  id: string;
  event: string;
  data: unknown;
}

export interface EventReader {
  status: number;
  headers: Headers;
  /** The next event of that name that was not asked for before. */
  next: (event: string, options?: { timeoutMs?: number }) => Promise<unknown>;
  seen: () => readonly ReadEvent[];
  /** Resolves when the server ended the stream. */
  ended: Promise<void>;
  close: () => void;
}

/** Reads server-sent events as a browser does. */
export async function openEvents(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
  const closing = new AbortController();
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: closing.signal });
  const seen: ReadEvent[] = [];
  let taken = 0;
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      seen.push(...blocks.flatMap(parse));
    }
  };
  const ended = read().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  return {
    status: response.status,
    headers: response.headers,
    seen: () => seen,
    ended,
    close: () => closing.abort(),
    next: async (event, { timeoutMs = 20_000 } = {}) => {
      const found = (): number => seen.findIndex((each, at) => at >= taken && each.event === event);
      await waitFor(() => Promise.resolve(found() >= 0), { timeoutMs, what: `the event ${event}` });
      const at = found();
      taken = at + 1;
      return seen[at]?.data;
    },
  };
}

function parse(block: string): ReadEvent[] {
  const fields = Object.fromEntries(
    block
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const { id = '', event, data = '{}' } = fields;
  return event === undefined ? [] : [{ id, event, data: JSON.parse(data) as unknown }];
}
