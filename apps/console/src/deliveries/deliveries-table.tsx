import { Anchor, Button, Group, Text } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import { Moment } from '../show/moment.js';
import { Records } from '../show/records.js';
import { tell, tellFailure } from '../show/tell.js';
import { type Delivery, useReplay } from './deliveries.js';
import { DeliveryStatus } from './delivery-status.js';
import { canReplay, matchInWords, reasonInWords } from './delivery-words.js';

interface DeliveriesTableProps {
  deliveries: readonly Delivery[];
  isAdmin: boolean;
  onOpen: (id: string) => void;
}

export function DeliveriesTable({ deliveries, isAdmin, onOpen }: DeliveriesTableProps) {
  const replay = useReplay();
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
          delivery.reason === undefined ? '—' : reasonInWords(delivery.reason),
          <Contact key="contact" delivery={delivery} />,
          <Entries key="entries" delivery={delivery} />,
          String(delivery.attempts.length),
          <Moment key="closed" at={delivery.closedAt} />,
          isAdmin && canReplay(delivery) ? (
            <Button
              key="replay"
              size="compact-sm"
              variant="default"
              aria-label={`Replay ${delivery.customer ?? 'Unknown customer'}`}
              loading={replay.isPending && replay.variables === delivery.id}
              onClick={() =>
                replay.mutate(delivery.id, {
                  onSuccess: () => tell('The delivery is back in line.'),
                  onError: (error) => tellFailure('The delivery was not replayed', toProblem(error)),
                })
              }
            >
              Replay
            </Button>
          ) : (
            '—'
          ),
        ],
      }))}
    />
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
