import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toProblem } from '../api/problem.js';
import { Bubbles } from '../chat/bubbles.js';
import { Composer, givenBack } from '../chat/composer.js';
import { newId } from '../chat/new-id.js';
import { NotSent } from '../chat/not-sent.js';
import { Confirm } from '../show/confirm.js';
import { Failed, Loading } from '../show/states.js';
import { useDisclosure } from '@mantine/hooks';
import classes from './chat.module.css';
import { type Conversation, conversationQuery, useClose, useReply } from './conversations.js';
import { nameOf } from './customer-name.js';
import { DeliveryFate } from './delivery-fate.js';
import { OpenCustomersSide } from './open-customers-side.js';
import { useUnsent } from './unsent.js';
import { useDraft } from './use-draft.js';

interface ChatProps {
  id: string;
  isDemo: boolean;
  onShowDetails: () => void;
}

/** One conversation: what was said, where to answer, and what became of it once it is closed. */
export function Chat({ id, isDemo, onShowDetails }: ChatProps) {
  const conversation = useQuery(conversationQuery(id));
  if (conversation.data === undefined) {
    return (
      <div className={classes.waiting}>
        {conversation.error === null ? (
          <Loading lines={6} label="Loading the conversation" />
        ) : (
          <Failed
            title="The conversation can’t be shown"
            problem={toProblem(conversation.error)}
            onRetry={() => void conversation.refetch()}
          />
        )}
      </div>
    );
  }
  return <Loaded conversation={conversation.data} isDemo={isDemo} onShowDetails={onShowDetails} />;
}

interface LoadedProps extends Omit<ChatProps, 'id'> {
  conversation: Conversation;
}

function Loaded({ conversation, isDemo, onShowDetails }: LoadedProps) {
  const { id, customer, messages = [], status, delivery, subject } = conversation;
  const reply = useReply(id);
  const unsent = useUnsent(conversation);
  const [draft, setDraft] = useDraft(id);
  const name = nameOf(customer);
  return (
    <>
      <header className={classes.head}>
        <Link to="/desk" className={classes.back} aria-label="Back to the conversations">
          ←
        </Link>
        <div className={classes.who}>
          <Title order={2} size="h4" lineClamp={1} title={name}>
            {name}
          </Title>
          <Text size="sm" c="dimmed" truncate>
            {[subject, customer.email, customer.phone].filter((known) => known && known !== name).join(' · ')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {isDemo && status === 'open' && <OpenCustomersSide conversationId={id} />}
          <ActionIcon
            variant="default"
            size="input-sm"
            className={classes.showDetails}
            aria-label="User Details"
            onClick={onShowDetails}
          >
            <span aria-hidden="true">☰</span>
          </ActionIcon>
          {status === 'open' && <CloseChat id={id} name={name} />}
        </Group>
      </header>
      <Bubbles bubbles={messages} own="agent" unsent={unsent.sending}>
        {unsent.failed.map((bubble) => (
          <NotSent
            key={bubble.id}
            bubble={bubble}
            isOpen={status === 'open'}
            onAgain={() => {
              const taken = unsent.take(bubble.id);
              if (taken !== undefined) reply.mutate(taken);
            }}
            onTakeBack={() => {
              unsent.take(bubble.id);
              if (status === 'open') setDraft(givenBack(bubble.text, draft));
            }}
          />
        ))}
      </Bubbles>
      {status === 'open' ? (
        <Composer
          label={`Reply to ${name}`}
          takesFocus
          text={draft}
          onText={setDraft}
          onSend={(text) => reply.mutate({ conversationId: id, id: newId(), text })}
        />
      ) : (
        <DeliveryFate delivery={delivery} />
      )}
    </>
  );
}

function CloseChat({ id, name }: { id: string; name: string }) {
  const [isAsking, asking] = useDisclosure(false);
  const close = useClose(id);
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        Close
      </Button>
      <Confirm
        opened={isAsking}
        title={`Close the conversation with ${name}?`}
        action="Close conversation"
        isPending={close.isPending}
        problem={close.error === null ? undefined : toProblem(close.error)}
        onClose={asking.close}
        onConfirm={() => close.mutate(undefined, { onSuccess: asking.close })}
      >
        <Text>Nothing can be added afterwards. While syncing is on, what was said goes to HubSpot now.</Text>
      </Confirm>
    </>
  );
}
