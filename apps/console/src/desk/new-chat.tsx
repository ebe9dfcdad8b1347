import { Autocomplete, Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { toProblem } from '../api/problem.js';
import { newId } from '../chat/new-id.js';
import { connectionQuery, writebackQuery } from '../hubspot/connection.js';
import { optionsQuery } from '../hubspot/options.js';
import { Refused } from '../show/refused.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import { ContactSearch } from './contact-search.js';
import { type Contact, useStartChat } from './conversations.js';
import { nameOf } from './customer-name.js';
import classes from './new-chat.module.css';

const NOBODY = { firstName: '', lastName: '', email: '', phone: '' };
type Field = keyof typeof NOBODY;

/** Create New Chat: with a contact of HubSpot, or typed by hand where that is allowed. */
export function NewChat({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Create New Chat"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <NewChatForm onClose={onClose} />
    </Modal>
  );
}

function NewChatForm({ onClose }: { onClose: () => void }) {
  const options = useQuery(optionsQuery).data?.value;
  const isActive = useQuery(connectionQuery).data?.status === 'active';
  const writeback = useQuery(writebackQuery).data?.value;
  const navigate = useNavigate();
  const start = useStartChat();
  const [contact, setContact] = useState<Contact>();
  const [typed, setTyped] = useState(NOBODY);
  const [text, setText] = useState('');
  const begun = useRef<{ key: string; customer: string }>(undefined);
  const problem = start.error === null ? undefined : toProblem(start.error);
  const onlyMatches = options?.outboundOnlyMatches === true;
  const maySearch = options?.outboundSearch === true && isActive;
  const isMissingContact = onlyMatches && contact === undefined;

  const select = (chosen: Contact): void => {
    setContact(chosen);
    const { firstName = '', lastName = '', email = '', phones } = chosen;
    setTyped({ firstName, lastName, email, phone: phones[0] ?? '' });
  };
  const field = (name: Field) => ({
    value: typed[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
    error: problem?.fields[`customer.${name}`],
    // Nothing to type where only a contact of HubSpot is taken.
    disabled: isMissingContact,
  });
  // Somebody else is another chat; the same customer again is the same one, whose answer may have been lost.
  const keyFor = (customer: string): string => {
    if (begun.current?.customer !== customer) begun.current = { key: newId(), customer };
    return begun.current.key;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isMissingContact) return;
    const known = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
    const customer = { ...known, crmContactId: contact?.id };
    start.mutate(
      { key: keyFor(JSON.stringify(customer)), customer, text: { id: newId(), text: text.trim() } },
      {
        onSuccess: (conversationId) => {
          onClose();
          void navigate({ to: '/desk/$conversationId', params: { conversationId } });
        },
      },
    );
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {maySearch && contact === undefined && <ContactSearch isRequired={onlyMatches} onSelect={select} />}
        {contact !== undefined && (
          <div className={classes.chosen}>
            <div>
              <Text size="xs" c="dimmed">
                The transcript goes to this contact in HubSpot
              </Text>
              <Text fw={600} component="div">
                {nameOf(contact)}{' '}
                {contact.url !== undefined && <HubSpotLink url={contact.url} label="Open the contact in HubSpot" />}
              </Text>
            </div>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                setContact(undefined);
                setTyped(NOBODY);
              }}
            >
              Choose another
            </Button>
          </div>
        )}
        {onlyMatches && !isActive && (
          <Text size="sm">
            Only contacts of HubSpot may be written to, and HubSpot is not connected: an admin must connect it, or allow
            other people in the options.
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="First name" {...textField(field('firstName'))} />
          <TextInput label="Last name" {...textField(field('lastName'))} />
          <TextInput label="Email" type="email" {...textField(field('email'))} />
          <Autocomplete
            label="Phone"
            data={contact === undefined ? [] : [...new Set(contact.phones)]}
            filter={({ options: all }) => all}
            {...field('phone')}
          />
        </SimpleGrid>
        <Textarea
          label="Message"
          required
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          autosize
          minRows={3}
          maxRows={8}
          disabled={isMissingContact}
        />
        <Text size="sm" c="dimmed">
          {hintOf({ isActive, onlyMatches, contact, creates: writeback?.onNoMatch === 'create' })}
        </Text>
        {problem !== undefined && <Refused problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={start.isPending} disabled={isMissingContact || text.trim() === ''}>
            Start chat
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function textField({ onChange, ...rest }: { value: string; onChange: (value: string) => void }) {
  return {
    ...rest,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
  };
}

interface Situation {
  isActive: boolean;
  onlyMatches: boolean;
  contact: Contact | undefined;
  creates: boolean;
}

/** What becomes of this chat in HubSpot. */
function hintOf({ isActive, onlyMatches, contact, creates }: Situation): string {
  if (contact !== undefined) return '';
  if (onlyMatches) return 'Choose a contact of HubSpot first: only these may be written to.';
  if (!isActive) return 'HubSpot is not connected and enabled: this chat stays here.';
  return creates
    ? 'Typed by hand: if nobody in HubSpot matches, a contact is created there when the chat closes.'
    : 'Typed by hand: if nobody in HubSpot matches, the chat is not written there when it closes.';
}
