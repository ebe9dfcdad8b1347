import { SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { useInvite } from '../customer/demo.js';
import { openTab } from '../customer/open-tab.js';
import { Confirm } from '../show/confirm.js';

const NOBODY = { firstName: '', lastName: '', email: '', phone: '' };

/** In demo mode: asks as whom, and opens their side of a new conversation. */
export function TryAsCustomer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [who, setWho] = useState(NOBODY);
  const invite = useInvite();
  const problem = invite.error === null ? undefined : toProblem(invite.error);
  const field = (name: keyof typeof NOBODY) => ({
    value: who[name],
    error: problem?.fields[`customer.${name}`],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setWho({ ...who, [name]: currentTarget.value }),
  });
  return (
    <Confirm
      opened={opened}
      title="Write as a customer"
      action="Open the customer’s window"
      isPending={invite.isPending}
      problem={problem}
      onClose={onClose}
      onConfirm={() => {
        const customer = Object.fromEntries(Object.entries(who).filter(([, value]) => value.trim() !== ''));
        invite.mutate(
          { whom: { customer }, tab: openTab() },
          {
            onSuccess: () => {
              setWho(NOBODY);
              onClose();
            },
          },
        );
      }}
    >
      <Text size="sm" c="dimmed">
        For trying it out: a second window opens, in which you are the customer. Someone who is a contact in HubSpot is
        recognised by their email or phone number.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="First name" {...field('firstName')} />
        <TextInput label="Last name" {...field('lastName')} />
        <TextInput label="Email" type="email" {...field('email')} />
        <TextInput label="Phone" {...field('phone')} />
      </SimpleGrid>
    </Confirm>
  );
}
