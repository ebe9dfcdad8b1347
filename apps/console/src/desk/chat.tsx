import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { useMutationState, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toProblem } from '../api/problem.js';
import { type Bubble, Bubbles } from '../chat/bubbles.js';
import { Composer } from '../chat/composer.js';
import { newMessageId } from '../chat/new-id.js';
import { Confirm } from '../show/confirm.js';
import { Failed, Loading } from '../show/states.js';
import { useDisclosure } from '@mantine/hooks';
import classes from './chat.module.css';
import { type Conversation, conversationQuery, type Reply, REPLY_KEY, useClose, useReply } from './conversations.js';
import { nameOf } from './customer-name.js';
import { DeliveryFate } from './delivery-fate.js';
import { OpenCustomersSide } from './open-customers-side.js';

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
  const reply = useReply();
  const name = nameOf(customer);
  return (
    <>
      <header className={classes.head}>
        <Link to="/desk" className={classes.back} aria-label="Back to the conversations">
          ←
        </Link>
        <div className={classes.who}>
          <Title order={2} size="h4">
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
      <Bubbles bubbles={messages} own="agent" unsent={useUnsent(conversation)} />
      {status === 'open' ? (
        <Composer
          label={`Reply to ${name}`}
          isPending={reply.isPending}
          problem={reply.error === null ? undefined : toProblem(reply.error)}
          onSend={(text, giveBack) =>
            reply.mutate({ conversationId: id, id: newMessageId(), text }, { onError: giveBack })
          }
        />
      ) : (
        <DeliveryFate delivery={delivery} />
      )}
    </>
  );
}

/** What was written here and is still on its way. */
function useUnsent({ id, messages = [] }: Conversation): Bubble[] {
  const sending = useMutationState({
    filters: { mutationKey: REPLY_KEY, status: 'pending' },
    select: ({ state }) => ({ ...(state.variables as Reply), sentAt: new Date(state.submittedAt).toISOString() }),
  });
  return sending
    .filter((sent) => sent.conversationId === id && !messages.some((message) => message.id === sent.id))
    .map(({ id: messageId, text, sentAt }) => ({ id: messageId, text, sentAt, author: 'agent' }));
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
