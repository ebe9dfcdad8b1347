import { Button } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { useInvite } from '../customer/demo.js';
import { openTab } from '../customer/open-tab.js';
import { tellFailure } from '../show/tell.js';
import classes from './open-customers-side.module.css';

/** In demo mode: a second window, in which one writes as the customer of this conversation. */
export function OpenCustomersSide({ conversationId }: { conversationId: string }) {
  const invite = useInvite();
  return (
    <Button
      variant="subtle"
      loading={invite.isPending}
      px="xs"
      className={classes.open}
      title="Customer’s side"
      onClick={() =>
        invite.mutate(
          { whom: { conversationId }, tab: openTab() },
          { onError: (error) => tellFailure('The customer’s side can’t be opened', toProblem(error)) },
        )
      }
    >
      <span className={classes.words}>Customer’s side&nbsp;</span>
      <span aria-hidden="true">↗</span>
    </Button>
  );
}
