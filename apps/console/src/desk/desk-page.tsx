import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isDemo } from '../customer/demo.js';
import { Empty } from '../show/states.js';
import { Chat } from './chat.js';
import { ContactDetails } from './contact-details.js';
import { ConversationList } from './conversation-list.js';
import { openConversationsQuery } from './conversations.js';
import classes from './desk-page.module.css';
import { NewChat } from './new-chat.js';
import { TryAsCustomer } from './try-as-customer.js';

/** The agents' desk: who waits, what was said, and who they are in HubSpot. */
export function DeskPage() {
  const { conversationId } = useParams({ strict: false });
  const [isStarting, starting] = useDisclosure(false);
  const [isTrying, trying] = useDisclosure(false);
  const [showsDetails, details] = useDisclosure(false);
  const waiting = useInfiniteQuery(openConversationsQuery).data?.filter(({ unanswered }) => unanswered > 0).length ?? 0;
  useEffect(() => {
    // Also seen from another tab.
    document.title = waiting === 0 ? 'Desk · Threadline' : `(${waiting}) Desk · Threadline`;
  }, [waiting]);
  return (
    <div className={classes.desk} data-open={conversationId !== undefined || undefined}>
      <h1 className={classes.title}>Desk</h1>
      <section className={classes.list} aria-label="Conversations">
        <ConversationList
          selected={conversationId}
          onNewChat={starting.open}
          onTryAsCustomer={isDemo ? trying.open : undefined}
        />
      </section>
      <section className={classes.chat} aria-label="Chat">
        {conversationId === undefined ? (
          <div className={classes.none}>
            <Empty title="Choose a conversation">Or create a new chat, and write first.</Empty>
          </div>
        ) : (
          <Chat key={conversationId} id={conversationId} isDemo={isDemo} onShowDetails={details.open} />
        )}
      </section>
      {conversationId !== undefined && (
        <>
          <aside className={classes.details} aria-label="User Details">
            <ContactDetails key={conversationId} conversationId={conversationId} />
          </aside>
          <Drawer
            opened={showsDetails}
            onClose={details.close}
            position="right"
            title="User Details"
            closeButtonProps={{ 'aria-label': 'Close' }}
          >
            <ContactDetails conversationId={conversationId} isTitled={false} />
          </Drawer>
        </>
      )}
      <NewChat opened={isStarting} onClose={starting.close} />
      <TryAsCustomer opened={isTrying} onClose={trying.close} />
    </div>
  );
}
