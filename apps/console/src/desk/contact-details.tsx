import { Button, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import { Failed, Loading } from '../show/states.js';
import classes from './contact-details.module.css';
import { type Contact, type ContactPanel, contactQuery, conversationQuery } from './conversations.js';
import { nameOf } from './customer-name.js';

/** User Details: what the conversation says of the customer, and who they are in HubSpot. */
export function ContactDetails({ conversationId, isTitled = true }: { conversationId: string; isTitled?: boolean }) {
  const customer = useQuery(conversationQuery(conversationId)).data?.customer;
  const panel = useQuery(contactQuery(conversationId));
  return (
    <Stack gap="lg">
      {isTitled && (
        <Title order={2} size="h5">
          User Details
        </Title>
      )}
      {customer !== undefined && (
        <Facts
          facts={[
            ['Name', [customer.firstName, customer.lastName].filter(Boolean).join(' ')],
            ['Email', customer.email],
            ['Phone', customer.phone],
            ['Your id', customer.externalId],
          ]}
          none="Nothing is known of the customer yet."
        />
      )}
      <section className={classes.hubspot} aria-label="HubSpot" aria-busy={panel.isPending}>
        <Title order={3} size="h6" c="dimmed" mb="xs">
          HubSpot
        </Title>
        {panel.data !== undefined ? (
          <Found panel={panel.data} onRetry={() => void panel.refetch()} isFetching={panel.isFetching} />
        ) : panel.error === null ? (
          <Loading lines={4} label="Looking in HubSpot" />
        ) : (
          <Failed
            title="The contact can’t be shown"
            problem={toProblem(panel.error)}
            onRetry={() => void panel.refetch()}
          />
        )}
      </section>
    </Stack>
  );
}

const STATES: Readonly<Record<Exclude<ContactPanel['state'], 'matched'>, string>> = {
  no_match: 'No contact in HubSpot matches',
  not_connected: 'HubSpot can’t be asked',
  slow: 'HubSpot is slow',
  down: 'HubSpot does not answer',
};

interface FoundProps {
  panel: ContactPanel;
  isFetching: boolean;
  onRetry: () => void;
}

function Found({ panel, isFetching, onRetry }: FoundProps) {
  if (panel.state === 'matched' && panel.contact !== undefined) {
    return <ContactFacts contact={panel.contact} tied={panel.tied} />;
  }
  if (panel.state === 'matched') return undefined;
  const asksAgain = panel.state === 'slow' || panel.state === 'down';
  return (
    <div role="status">
      <Text fw={600} size="sm">
        {STATES[panel.state]}
      </Text>
      <Text size="sm" c="dimmed">
        {asksAgain ? 'The chat goes on; it is asked again by itself.' : panel.detail}
      </Text>
      {asksAgain && (
        <Button size="xs" variant="default" mt="sm" loading={isFetching} onClick={onRetry}>
          Ask now
        </Button>
      )}
    </div>
  );
}

function ContactFacts({ contact, tied = 1 }: { contact: Contact; tied: number | undefined }) {
  const { email, phones, lifecycleStage, owner, properties, url } = contact;
  return (
    <Stack gap="md">
      <Text fw={650} component="div">
        {nameOf(contact)} {url !== undefined && <HubSpotLink url={url} label="Open the contact in HubSpot" />}
      </Text>
      {tied > 1 && (
        <Text size="sm" c="dimmed">
          {tied} contacts match equally well; this one is the oldest.
        </Text>
      )}
      <Facts
        facts={[
          ['Email', email],
          [phones.length > 1 ? 'Phone numbers' : 'Phone', phones.join('\n')],
          ['Lifecycle stage', lifecycleStage],
          ['Owner', owner],
          ...Object.values(properties).map(({ label, display }): [string, string] => [label, display]),
        ]}
      />
    </Stack>
  );
}

/** Whichever are filled. */
function Facts({ facts, none }: { facts: readonly (readonly [string, string | undefined])[]; none?: string }) {
  const filled = facts.filter(([, value]) => value !== undefined && value !== '');
  if (filled.length === 0) {
    return none === undefined ? undefined : (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <dl className={classes.facts}>
      {filled.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
