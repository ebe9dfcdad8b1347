import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { HubSpotLink } from '../show/hubspot-link.js';
import classes from './contact-search.module.css';
import { type Contact, contactSearchQuery } from './conversations.js';
import { nameOf } from './customer-name.js';

interface ContactSearchProps {
  isRequired: boolean;
  onSelect: (contact: Contact) => void;
}

/** HubSpot allows five searches a second for the whole account: who types is asked for after a pause. */
const PAUSE_MS = 300;

/**
 * Contacts of HubSpot by name, email or phone number. The links stand beside the list, not in its options: what is inside
 * an option can't be reached by a keyboard.
 */
export function ContactSearch({ isRequired, onSelect }: ContactSearchProps) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const found = useQuery(contactSearchQuery(asked));
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const contacts = found.data ?? [];
  const isCurrent = asked === typed.trim();
  const isWaiting = typed.trim().length > 1 && (!isCurrent || found.isFetching);
  const said = isWaiting ? 'Searching…' : sayResult(typed.trim(), contacts, found.error);

  return (
    <div
      // Leaving for one of the links keeps the list open; leaving for elsewhere closes it.
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) combobox.closeDropdown();
      }}
    >
      <Combobox
        store={combobox}
        withinPortal={false}
        onOptionSubmit={(id) => {
          const contact = contacts.find((each) => each.id === id);
          if (contact === undefined) return;
          setTyped('');
          combobox.closeDropdown();
          onSelect(contact);
        }}
      >
        <Combobox.Target>
          <TextInput
            label="Search HubSpot contacts"
            placeholder="Name, email or phone number"
            value={typed}
            required={isRequired}
            withAsterisk={isRequired}
            autoComplete="off"
            rightSection={isWaiting ? <Loader size="xs" /> : undefined}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onKeyDown={(event) => {
              // Closes the list alone, not the dialog around it.
              if (event.key !== 'Escape' || !combobox.dropdownOpened || typed === '') return;
              event.stopPropagation();
              combobox.closeDropdown();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={typed.trim().length < 2} className={classes.dropdown}>
          <div className={classes.results}>
            <Combobox.Options className={classes.options} aria-label="Contacts in HubSpot">
              {isCurrent &&
                contacts.map((contact) => (
                  <Combobox.Option key={contact.id} value={contact.id} className={classes.option}>
                    <Text size="sm" fw={600} truncate>
                      {nameOf(contact)}
                    </Text>
                    <Text size="xs" c="dimmed" truncate>
                      {[contact.email, contact.phones[0]].filter(Boolean).join(' · ') || 'No email, no phone number'}
                    </Text>
                  </Combobox.Option>
                ))}
            </Combobox.Options>
            {isCurrent && contacts.some(({ url }) => url !== undefined) && (
              <ul className={classes.links} aria-label="Open in HubSpot">
                {contacts.map((contact) => (
                  <li key={contact.id}>
                    {contact.url !== undefined && (
                      <HubSpotLink url={contact.url} label={`Open ${nameOf(contact)} in HubSpot`} />
                    )}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <div role="status" className={classes.said} data-quiet={contacts.length > 0 && isCurrent ? true : undefined}>
            {said}
          </div>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  );
}

function sayResult(query: string, contacts: readonly Contact[], error: Error | null): string {
  if (query.length < 2) return '';
  if (error !== null) {
    const problem = toProblem(error);
    return [problem.message.replace(/\.?$/, '.'), problem.nextStep].filter(Boolean).join(' ');
  }
  if (contacts.length === 0) return 'Nobody in HubSpot is like this.';
  return contacts.length === 1 ? '1 contact' : `${contacts.length} contacts`;
}
