import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announceSessionEnd } from '../api/client.js';
import { type LiveEvent, openStream, readEvent } from './event-stream.js';
import { Gather } from './gather.js';
import { Silence } from './silence.js';

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

const EVERYTHING: readonly string[][] = [[]];

/** Keeps everything that is shown as the server knows it, for as long as someone is signed in. */
export function LiveEvents(): undefined {
  const queryClient = useQueryClient();
  useEffect(() => {
    const silence = new Silence();
    const gather = new Gather((keys) =>
      Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    );
    const stop = openStream(
      (name, data) => {
        const event = readEvent(name, data);
        if (event === undefined || event.kind === 'ready') return;
        if (event.kind === 'signed_out') announceSessionEnd();
        // Something may have been missed: whatever is shown is read again.
        else gather.add(event.kind === 'resync' ? EVERYTHING : MAKES_OLD[event.kind]);
      },
      { onHearing: (isHearing) => (isHearing ? silence.end() : silence.begin()) },
    );
    return () => {
      stop();
      silence.end();
      gather.end();
    };
  }, [queryClient]);
}
