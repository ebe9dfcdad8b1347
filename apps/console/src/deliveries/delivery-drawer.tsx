import { Anchor, Button, Drawer, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import { Moment } from '../show/moment.js';
import { Notice } from '../show/notice.js';
import { Failed, Loading } from '../show/states.js';
import { type Delivery, deliveryQuery, useReplay } from './deliveries.js';
import { DeliveryStatus } from './delivery-status.js';
import { canReplay, matchInWords, OUTCOMES, reasonInWords, waitInWords } from './delivery-words.js';
import classes from './delivery-drawer.module.css';

/** One delivery with the story of its attempts. */
export function DeliveryDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title="Delivery"
      position="right"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {id !== undefined && <Opened id={id} />}
    </Drawer>
  );
}

function Opened({ id }: { id: string }) {
  const delivery = useQuery(deliveryQuery(id));
  if (delivery.data !== undefined) return <Story delivery={delivery.data} />;
  if (delivery.error === null) return <Loading lines={6} label="Loading the delivery" />;
  return (
    <Failed
      title="The delivery can’t be shown"
      problem={toProblem(delivery.error)}
      onRetry={() => void delivery.refetch()}
    />
  );
}

function Story({ delivery }: { delivery: Delivery }) {
  const isAdmin = useSession().role === 'admin';
  const replay = useReplay();
  const waiting = waitInWords(delivery);
  const { status, reason, detail, entries, attempts, scrubbed, nextAttemptAt } = delivery;
  const masked = [
    scrubbed.cards > 0 && `${scrubbed.cards} payment card ${scrubbed.cards === 1 ? 'number' : 'numbers'}`,
    scrubbed.nationalIds > 0 &&
      `${scrubbed.nationalIds} national identity ${scrubbed.nationalIds === 1 ? 'number' : 'numbers'}`,
  ].filter((words) => words !== false);
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <DeliveryStatus status={status} />
        {isAdmin && canReplay(delivery) && (
          <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate(delivery.id)}>
            Replay
          </Button>
        )}
      </Group>
      {reason !== undefined && (
        <Notice tone={status === 'failed' ? 'bad' : 'idle'} title={reasonInWords(reason)}>
          {detail !== undefined && <p>{detail}</p>}
        </Notice>
      )}
      {waiting !== undefined && (
        <Notice tone="wait" title="It waits, and goes out by itself">
          <p>{waiting}</p>
        </Notice>
      )}
      <dl className={classes.facts}>
        <Fact name="Customer">
          {delivery.customer ?? 'Unknown'}
          <br />
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link {...props} to="/desk/$conversationId" params={{ conversationId: delivery.conversationId }} />
            )}
          >
            Read the conversation
          </Anchor>
        </Fact>
        <Fact name="Closed">
          <Moment at={delivery.closedAt} />
        </Fact>
        {delivery.contactId !== undefined && <Fact name="Contact in HubSpot">{delivery.contactId}</Fact>}
        {delivery.matchedBy !== undefined && <Fact name="Matched by">{matchInWords(delivery)}</Fact>}
        {status === 'pending' && nextAttemptAt !== undefined && (
          <Fact name="Next attempt">
            not before <Moment at={nextAttemptAt} />
          </Fact>
        )}
        {masked.length > 0 && <Fact name="Masked">{masked.join(', ')}</Fact>}
      </dl>
      {entries.length > 0 && (
        <section aria-label="In HubSpot">
          <Title order={3} size="h5" mb="xs">
            In HubSpot
          </Title>
          <ul className={classes.entries}>
            {entries.map((entry) => (
              <li key={entry.id}>
                <EntryLink entry={entry} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Attempts">
        <Title order={3} size="h5" mb="sm">
          Attempts
        </Title>
        {attempts.length === 0 ? (
          <Text size="sm" c="dimmed">
            {status === 'pending' ? 'None yet: it is next in line.' : 'None: there was nothing to try.'}
          </Text>
        ) : (
          <Timeline bulletSize={14} lineWidth={2} active={attempts.length}>
            {[...attempts].reverse().map(({ at, outcome, detail: words }) => (
              <Timeline.Item key={at + outcome} title={OUTCOMES[outcome].label} data-tone={OUTCOMES[outcome].tone}>
                <Text size="sm">{words}</Text>
                <Text size="xs" c="dimmed">
                  <Moment at={at} />
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )}
      </section>
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const ENTRY_NAMES = { note: 'Note', call: 'Call', communication: 'Message' } as const;

function EntryLink({ entry: { type, part, parts, url } }: { entry: Delivery['entries'][number] }) {
  const name = `${ENTRY_NAMES[type]}${parts > 1 ? ` ${part} of ${parts}` : ''}`;
  return url === undefined ? <>{name}</> : <HubSpotLink url={url}>{name}</HubSpotLink>;
}
