import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announceSessionEnd } from '../api/client.js';
import { type LiveEvent, openStream, readEvent } from './event-stream.js';

/** What an event makes old: every query whose key begins so is read again where it is shown. */
const MAKES_OLD: Readonly<Record<Exclude<LiveEvent['kind'], 'ready' | 'resync' | 'signed_out'>, readonly string[][]>> =
  {
    'message.added': [['conversations']],
    'conversation.opened': [['conversations']],
    'conversation.closed': [['conversations'], ['deliveries']],
    'delivery.changed': [['deliveries'], ['conversations']],
    'connection.changed': [['hubspot'], ['deliveries'], ['contact']],
    'options.changed': [['hubspot', 'options'], ['contact']],
    'writeback.changed': [
      ['hubspot', 'writeback'],
      ['hubspot', 'connection'],
    ],
    'contact.changed': [['contact']],
  };

/** Keeps everything that is shown as the server knows it, for as long as someone is signed in. */
export function LiveEvents(): undefined {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stop = openStream((name, data) => {
      const event = readEvent(name, data);
      if (event === undefined || event.kind === 'ready') return;
      if (event.kind === 'signed_out') announceSessionEnd();
      // Something may have been missed: whatever is shown is read again.
      else if (event.kind === 'resync') void queryClient.invalidateQueries();
      else for (const queryKey of MAKES_OLD[event.kind]) void queryClient.invalidateQueries({ queryKey });
    });
    return stop;
  }, [queryClient]);
}
