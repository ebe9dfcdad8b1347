import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Delivery } from '../deliveries/deliveries.js';
import { reasonInWords, STATUS_WORDS, waitInWords } from '../deliveries/delivery-words.js';
import { connectionQuery } from '../hubspot/connection.js';
import { MEANWHILE } from '../hubspot/words.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import classes from './delivery-fate.module.css';

/** What becomes of a closed conversation, as it happens. */
export function DeliveryFate({ delivery }: { delivery: Delivery | undefined }) {
  const tone = delivery === undefined ? 'idle' : STATUS_WORDS[delivery.status].tone;
  return (
    <footer className={classes.fate} data-tone={tone} role="status">
      <div>
        <strong>This conversation is closed.</strong> {delivery !== undefined && <Words delivery={delivery} />}
      </div>
      {delivery !== undefined && (
        <Link to="/deliveries" search={{ delivery: delivery.id }} className={classes.more}>
          Delivery
        </Link>
      )}
    </footer>
  );
}

function Words({ delivery }: { delivery: Delivery }) {
  const connection = useQuery(connectionQuery).data?.status;
  const { status, reason, detail, entries, matchedBy } = delivery;
  const [first] = entries;
  switch (status) {
    case 'pending':
    case 'delivering': {
      const isHeldUp = connection === 'inactive' || connection === 'attention';
      const waiting = isHeldUp ? MEANWHILE[connection].text : waitInWords(delivery);
      return waiting === undefined ? (
        <>Its transcript is on the way to HubSpot…</>
      ) : (
        <>Its transcript is on the way to HubSpot, and waits: {waiting}</>
      );
    }
    case 'written':
      return (
        <>
          Written to HubSpot{matchedBy === 'created' && ', on a contact that was created'}
          {entries.length > 1 && ` in ${entries.length} parts`}.{' '}
          {first?.url !== undefined && <HubSpotLink url={first.url}>Open in HubSpot</HubSpotLink>}
        </>
      );
    default:
      return (
        <>
          {status === 'skipped' ? 'Not written to HubSpot' : 'HubSpot could not take it'}
          {reason === undefined ? '.' : `: ${lowerFirst(reasonInWords(reason))}.`}
          {detail !== undefined && (
            <Text component="span" size="sm">
              {' '}
              {detail}
            </Text>
          )}
        </>
      );
  }
}

/** "HubSpot" stays as it is. */
function lowerFirst(words: string): string {
  return /^[A-Z][a-z]*[A-Z]/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
