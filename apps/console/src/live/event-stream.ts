const KINDS = [
  'ready',
  'resync',
  'signed_out',
  'message.added',
  'conversation.opened',
  'conversation.closed',
  'delivery.changed',
  'connection.changed',
  'options.changed',
  'writeback.changed',
  'contact.changed',
] as const;

/** What the API tells of as it happens; see `GET /events`. */
export interface LiveEvent {
  kind: (typeof KINDS)[number];
  /** What it is about, by ids; none: there were too many to name. */
  items: Readonly<Record<string, string>>[];
}

/** Browsers come back by themselves unless the answer was a refusal; then we do, no faster than this. */
const COME_BACK_MS = 10_000;

interface StreamOptions {
  address?: string;
  /** Whether what happens is heard of now; called each time that begins or stops. */
  onHearing?: (isHearing: boolean) => void;
}

/** @returns how to end it. */
export function openStream(
  onEvent: (name: string, data: string) => void,
  { address = '/events', onHearing = () => undefined }: StreamOptions = {},
): () => void {
  let source: EventSource;
  let comingBack: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;
  const open = (): void => {
    source = new EventSource(address);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event: MessageEvent<string>) => {
        // The server ends the stream with this; coming back would be refused.
        if (kind === 'signed_out') source.close();
        onEvent(kind, event.data);
      });
    }
    source.addEventListener('open', () => onHearing(true));
    source.addEventListener('error', () => {
      if (!hasEnded) onHearing(false);
      if (hasEnded || source.readyState !== EventSource.CLOSED) return;
      comingBack = setTimeout(() => {
        // A refused stream begins anew and knows of nothing missed.
        onEvent('resync', '{}');
        open();
      }, COME_BACK_MS);
    });
  };
  open();
  return () => {
    hasEnded = true;
    clearTimeout(comingBack);
    source.close();
  };
}

/** @returns undefined for what this version doesn't know. */
export function readEvent(name: string, data: string): LiveEvent | undefined {
  const kind = KINDS.find((known) => known === name);
  if (kind === undefined) return undefined;
  try {
    const { items } = JSON.parse(data) as { items?: LiveEvent['items'] };
    return { kind, items: Array.isArray(items) ? items : [] };
  } catch {
    return undefined;
  }
}
