import { Anchor, Button, Group, Text } from '@mantine/core';
import { HubSpotLink } from '../show/hubspot-link.js';
import { Moment } from '../show/moment.js';
import { Records } from '../show/records.js';
import { type Delivery, useReplay } from './deliveries.js';
import { DeliveryStatus } from './delivery-status.js';
import { canReplay, matchInWords, reasonInWords, waitInWords } from './delivery-words.js';

interface DeliveriesTableProps {
  deliveries: readonly Delivery[];
  isAdmin: boolean;
  onOpen: (id: string) => void;
}

export function DeliveriesTable({ deliveries, isAdmin, onOpen }: DeliveriesTableProps) {
  return (
    <Records
      label="Deliveries"
      columns={['Customer', 'Status', 'Why', 'Contact', 'HubSpot', 'Attempts', 'Closed', 'Replay']}
      rows={deliveries.map((delivery) => ({
        key: delivery.id,
        cells: [
          <Anchor
            key="customer"
            component="button"
            type="button"
            size="sm"
            fw={600}
            ta="left"
            onClick={() => onOpen(delivery.id)}
          >
            {delivery.customer ?? 'Unknown customer'}
          </Anchor>,
          <DeliveryStatus key="status" status={delivery.status} />,
          delivery.reason === undefined ? (waitInWords(delivery) ?? '—') : reasonInWords(delivery.reason),
          <Contact key="contact" delivery={delivery} />,
          <Entries key="entries" delivery={delivery} />,
          String(delivery.attempts.length),
          <Moment key="closed" at={delivery.closedAt} />,
          isAdmin && canReplay(delivery) ? <Replay key="replay" delivery={delivery} /> : '—',
        ],
      }))}
    />
  );
}

/** Each row's own: several may be on their way at once. */
function Replay({ delivery: { id, customer = 'Unknown customer' } }: { delivery: Delivery }) {
  const replay = useReplay();
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Replay ${customer}`}
      loading={replay.isPending}
      onClick={() => replay.mutate(id)}
    >
      Replay
    </Button>
  );
}

function Contact({ delivery }: { delivery: Delivery }) {
  if (delivery.contactId === undefined) return '—';
  return (
    <>
      <Text size="sm">{delivery.contactId}</Text>
      <Text size="xs" c="dimmed">
        {matchInWords(delivery)}
      </Text>
    </>
  );
}

function Entries({ delivery: { entries } }: { delivery: Delivery }) {
  const [first] = entries;
  if (first === undefined) return '—';
  const name = entries.length === 1 ? '1 entry' : `${entries.length} parts`;
  return <Group gap={4}>{first.url === undefined ? name : <HubSpotLink url={first.url}>{name}</HubSpotLink>}</Group>;
}
