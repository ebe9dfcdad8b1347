import { Checkbox, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { writebackQuery } from './connection.js';
import { type Options, optionsQuery, useChangeOptions } from './options.js';
import { PropertyPicker } from './property-picker.js';
import { SavedSettings, SettingsForm } from './saved-settings.js';
import { useSettingsDraft } from './settings-draft.js';

const HEADING = {
  title: 'Options',
  intro: 'What agents may do with HubSpot’s contacts, and what they see of them beside a chat.',
};

interface OptionsCardProps {
  isAdmin: boolean;
  /** Of the account whose properties can be read now; none while it isn't connected. */
  portalId: string | undefined;
}

export function OptionsCard(props: OptionsCardProps) {
  return (
    <SavedSettings {...HEADING} query={useQuery(optionsQuery)}>
      {(saved) => <Form {...saved} {...props} />}
    </SavedSettings>
  );
}

interface FormProps extends OptionsCardProps {
  saved: Options;
  etag: string | undefined;
  onRefused: (error: Error) => void;
}

function Form({ saved, etag, isAdmin, portalId, onRefused }: FormProps) {
  const [isConfirming, setConfirming] = useState(false);
  const { data: writeback } = useQuery(writebackQuery);
  const change = useChangeOptions();
  const { draft, edit, begun, begin, isOvertaken } = useSettingsDraft(saved, etag, change.isPending);
  const changes = describeChanges(begun.value, draft);
  const close = (): void => {
    change.reset();
    setConfirming(false);
  };
  const save = (): void =>
    change.mutate(
      { change: draft, etag: begun.etag },
      {
        onSuccess: (changed) => {
          begin(changed);
          close();
        },
        onError: onRefused,
      },
    );
  return (
    <>
      <SettingsForm
        {...HEADING}
        action="Save Options"
        isAdmin={isAdmin}
        isChanged={changes.length > 0}
        isOvertaken={isOvertaken}
        onUndo={() => begin({ value: saved, etag })}
        onSave={() => setConfirming(true)}
      >
        <Stack gap="sm">
          <Checkbox
            label="Allow HubSpot searching in outbound"
            description="Create New Chat gets a search of HubSpot’s contacts, by name, email or phone"
            checked={draft.outboundSearch}
            disabled={!isAdmin}
            onChange={({ currentTarget: { checked } }) =>
              // Only matches make no sense where nothing can be searched.
              edit({ outboundSearch: checked, outboundOnlyMatches: checked && draft.outboundOnlyMatches })
            }
          />
          <Checkbox
            ml="xl"
            label="Only allow HubSpot matches in outbound"
            description="A chat can’t be started without choosing a contact of HubSpot"
            checked={draft.outboundOnlyMatches}
            disabled={!isAdmin || !draft.outboundSearch}
            onChange={({ currentTarget: { checked } }) => edit({ outboundOnlyMatches: checked })}
          />
          {draft.outboundSearch && !draft.outboundOnlyMatches && (
            <Text size="sm" c="dimmed" ml="xl">
              Agents may also type a contact by hand.{' '}
              {writeback?.value.onNoMatch === 'create'
                ? 'Such a contact is created in HubSpot when the chat closes.'
                : 'Such a contact is not created in HubSpot, since conversations without a match are skipped.'}
            </Text>
          )}
        </Stack>
        <PropertyPicker
          chosen={draft.panelProperties}
          portalId={portalId}
          disabled={!isAdmin}
          onChange={(panelProperties) => edit({ panelProperties })}
        />
      </SettingsForm>
      <Confirm
        opened={isConfirming}
        title="Save these options?"
        action="Save Options"
        isPending={change.isPending}
        problem={change.error === null ? undefined : toProblem(change.error)}
        onConfirm={save}
        onClose={close}
      >
        <List>
          {changes.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          They hold for every agent at once.
        </Text>
      </Confirm>
    </>
  );
}

/** What saving would change, in words: none when nothing was touched. */
function describeChanges(saved: Options, draft: Options): string[] {
  const changes: string[] = [];
  if (saved.outboundSearch !== draft.outboundSearch)
    changes.push(
      draft.outboundSearch ? 'Agents may search HubSpot’s contacts' : 'Agents no longer search HubSpot’s contacts',
    );
  if (saved.outboundOnlyMatches !== draft.outboundOnlyMatches)
    changes.push(
      draft.outboundOnlyMatches
        ? 'A chat needs a contact chosen from HubSpot'
        : 'A chat no longer needs a contact chosen from HubSpot',
    );
  if (saved.panelProperties.join('\n') !== draft.panelProperties.join('\n'))
    changes.push(
      draft.panelProperties.length === 0
        ? 'The panel shows no further properties'
        : `The panel shows ${draft.panelProperties.length} further ${draft.panelProperties.length === 1 ? 'property' : 'properties'}`,
    );
  return changes;
}
