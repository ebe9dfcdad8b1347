import { Button, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Bubbles } from '../chat/bubbles.js';
import { Composer, givenBack } from '../chat/composer.js';
import { newId } from '../chat/new-id.js';
import { Mark } from '../frame/mark.js';
import { openStream } from '../live/event-stream.js';
import { Failed, Loading } from '../show/states.js';
import classes from './customer-page.module.css';
import { beginAgain, type CustomersSide, customersSideQuery, sendAsCustomer } from './demo.js';

/** The other side of a chat, as its customer sees it. */
export function CustomerPage() {
  const { token } = useParams({ from: '/customer/$token' });
  const side = useQuery(customersSideQuery(token));
  useLive(token, side.data !== undefined);
  useEffect(() => {
    document.title = 'Chat with us · Threadline';
  }, []);
  return (
    <main className={classes.page}>
      <div className={classes.window}>
        <header className={classes.head}>
          <Mark size={32} />
          <div>
            <Title order={1} size="h4">
              Chat with us
            </Title>
            <Text size="sm" c="dimmed">
              {nameOf(side.data?.customer)}
            </Text>
          </div>
        </header>
        {side.data !== undefined ? (
          <Side key={token} token={token} side={side.data} />
        ) : side.error === null ? (
          <div className={classes.waiting}>
            <Loading lines={4} label="Loading the chat" />
          </div>
        ) : (
          <Failed
            title="This chat can’t be shown"
            problem={toProblem(side.error)}
            onRetry={toProblem(side.error).status === 404 ? undefined : () => void side.refetch()}
          />
        )}
      </div>
    </main>
  );
}

function Side({ token, side }: { token: string; side: CustomersSide }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: (written: string) => sendAsCustomer(token, { id: newId(), text: written }),
    onError: (_error, written) => setText((since) => givenBack(written, since)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: customersSideQuery(token).queryKey }),
  });
  const again = useMutation({
    mutationFn: () => beginAgain(token),
    onSuccess: (invitation) => navigate({ to: '/customer/$token', params: { token: invitation.token }, replace: true }),
  });
  return (
    <>
      {side.messages.length === 0 && (
        <Text className={classes.hello} c="dimmed">
          Hello! How can we help you?
        </Text>
      )}
      <Bubbles bubbles={side.messages} own="customer" />
      {side.status === 'open' ? (
        <Composer
          label="Write a message"
          text={text}
          onText={setText}
          isPending={send.isPending}
          problem={send.error === null ? undefined : toProblem(send.error)}
          onSend={(written) => send.mutate(written)}
        />
      ) : (
        <footer className={classes.over} role="status">
          <span>This chat has ended. Thank you!</span>
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            Begin a new chat
          </Button>
        </footer>
      )}
    </>
  );
}

/** Every message and the close are there as they happen. */
function useLive(token: string, isThere: boolean): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!isThere) return undefined;
    return openStream(() => void queryClient.invalidateQueries({ queryKey: customersSideQuery(token).queryKey }), {
      address: `/demo/customers/${token}/events`,
    });
  }, [queryClient, token, isThere]);
}

function nameOf(customer: CustomersSide['customer'] | undefined): string {
  const name = [customer?.firstName, customer?.lastName].filter(Boolean).join(' ');
  return name === '' ? 'You are the customer here' : `You are ${name} here`;
}
