import { Button, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DeliveryStatus } from '../deliveries/delivery-status.js';
import { List } from '../show/list.js';
import { Empty } from '../show/states.js';
import classes from './conversation-list.module.css';
import {
  closedConversationsQuery,
  type Conversation,
  type OpenConversation,
  openConversationsQuery,
} from './conversations.js';
import { nameOf } from './customer-name.js';

interface ConversationListProps {
  selected: string | undefined;
  onNewChat: () => void;
  /** In demo mode alone. */
  onTryAsCustomer?: () => void;
}

type Shown = 'open' | 'closed';

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export function ConversationList({ selected, onNewChat, onTryAsCustomer }: ConversationListProps) {
  const [shown, setShown] = useState<Shown>('open');
  return (
    <>
      <div className={classes.head}>
        <Button fullWidth onClick={onNewChat}>
          Create New Chat
        </Button>
        <SegmentedControl<Shown>
          aria-label="Conversations to show"
          fullWidth
          value={shown}
          onChange={setShown}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'closed', label: 'Closed' },
          ]}
        />
      </div>
      <div className={classes.list}>
        {shown === 'open' ? (
          <Open selected={selected} onTryAsCustomer={onTryAsCustomer} />
        ) : (
          <Closed selected={selected} />
        )}
      </div>
      {onTryAsCustomer !== undefined && (
        <div className={classes.foot}>
          <UnstyledButton className={classes.try} onClick={onTryAsCustomer}>
            Write as a customer <span aria-hidden="true">↗</span>
          </UnstyledButton>
        </div>
      )}
    </>
  );
}

function Open({ selected, onTryAsCustomer }: Pick<ConversationListProps, 'selected' | 'onTryAsCustomer'>) {
  const query = useInfiniteQuery(openConversationsQuery);
  return (
    <List
      query={query}
      what="Open conversations"
      empty={
        <Empty title="Nobody is waiting">
          {onTryAsCustomer === undefined
            ? 'A conversation appears here the moment a customer writes.'
            : 'Write as a customer, and the conversation appears here at once.'}
        </Empty>
      }
    >
      {(items) => (
        <ul className={classes.items} aria-label="Open conversations">
          {items.map((item) => (
            <OpenItem key={item.id} item={item} isSelected={item.id === selected} />
          ))}
        </ul>
      )}
    </List>
  );
}

function OpenItem({ item, isSelected }: { item: OpenConversation; isSelected: boolean }) {
  const { id, customer, lastMessage, unanswered, activeAt } = item;
  return (
    <Item id={id} isSelected={isSelected} name={nameOf(customer)} at={activeAt}>
      <span className={classes.last} data-waiting={unanswered > 0 || undefined}>
        {lastMessage === undefined
          ? 'No message yet'
          : `${lastMessage.author === 'agent' ? 'You: ' : ''}${lastMessage.text}`}
      </span>
      {unanswered > 0 && (
        <span className={classes.unanswered}>
          {unanswered}
          <span className={classes.unseen}> unanswered</span>
        </span>
      )}
    </Item>
  );
}

function Closed({ selected }: Pick<ConversationListProps, 'selected'>) {
  const query = useInfiniteQuery(closedConversationsQuery);
  return (
    <List
      query={query}
      what="Closed conversations"
      empty={<Empty title="None yet">Conversations that were closed stand here, with what became of them.</Empty>}
    >
      {(items) => (
        <ul className={classes.items} aria-label="Closed conversations">
          {items.map((item) => (
            <ClosedItem key={item.id} item={item} isSelected={item.id === selected} />
          ))}
        </ul>
      )}
    </List>
  );
}

function ClosedItem({ item, isSelected }: { item: Conversation; isSelected: boolean }) {
  const { id, customer, closedAt, startedAt, delivery, subject, channel } = item;
  return (
    <Item id={id} isSelected={isSelected} name={nameOf(customer)} at={closedAt ?? startedAt}>
      <span className={classes.last}>{subject ?? channel}</span>
      {delivery !== undefined && <DeliveryStatus status={delivery.status} />}
    </Item>
  );
}

interface ItemProps {
  id: string;
  isSelected: boolean;
  name: string;
  at: string;
  children: React.ReactNode;
}

function Item({ id, isSelected, name, at, children }: ItemProps) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return (
    <li>
      <Link
        to="/desk/$conversationId"
        params={{ conversationId: id }}
        className={classes.item}
        aria-current={isSelected ? 'true' : undefined}
      >
        <span className={classes.line}>
          <Text component="span" fw={600} truncate>
            {name}
          </Text>
          <time className={classes.time} dateTime={at}>
            {(isToday ? TIME : DATE).format(date)}
          </time>
        </span>
        <span className={classes.line}>{children}</span>
      </Link>
    </li>
  );
}
