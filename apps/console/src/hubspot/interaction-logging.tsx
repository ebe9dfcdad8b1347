import { Select, SimpleGrid, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Choices } from '../show/choices.js';
import { Refused } from '../show/refused.js';
import { useChangeWriteback, type Writeback, writebackQuery } from './connection.js';
import { countryChoices } from './countries.js';
import { SavedSettings, SettingsForm } from './saved-settings.js';
import { useSettingsDraft } from './settings-draft.js';
import { MODES, NO_MATCH_POLICIES } from './words.js';

const HEADING = {
  title: 'Interaction logging',
  intro: 'What is written when a conversation closes, and to whom. Changes hold for conversations closed after them.',
};

export function InteractionLogging({ isAdmin }: { isAdmin: boolean }) {
  return (
    <SavedSettings {...HEADING} query={useQuery(writebackQuery)}>
      {(saved) => <Form {...saved} isAdmin={isAdmin} />}
    </SavedSettings>
  );
}

interface FormProps {
  saved: Writeback;
  etag: string | undefined;
  isAdmin: boolean;
  onRefused: (error: Error) => void;
}

function Form({ saved, etag, isAdmin, onRefused }: FormProps) {
  const change = useChangeWriteback();
  const settings = useSettingsDraft(choicesIn(saved), etag, change.isPending);
  const { draft, edit, begun, begin, isChanged, isOvertaken } = settings;
  const problem = change.error === null ? undefined : toProblem(change.error);
  const save = (): void =>
    change.mutate(
      {
        etag: begun.etag,
        change: {
          mode: draft.mode,
          onNoMatch: draft.onNoMatch,
          defaultCountry: draft.defaultCountry ?? null,
          ignoredNumbers: draft.ignoredNumbers,
        },
      },
      { onSuccess: ({ value, etag: next }) => begin({ value: choicesIn(value), etag: next }), onError: onRefused },
    );
  return (
    <SettingsForm
      {...HEADING}
      action="Save"
      isAdmin={isAdmin}
      isChanged={isChanged}
      isPending={change.isPending}
      isOvertaken={isOvertaken}
      onUndo={() => {
        change.reset();
        begin({ value: choicesIn(saved), etag });
      }}
      onSave={save}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Choices
          label="What to write"
          value={draft.mode}
          choices={MODES}
          disabled={!isAdmin}
          onChange={(mode) => edit({ mode })}
        />
        <Choices
          label="When nobody in HubSpot matches"
          value={draft.onNoMatch}
          choices={NO_MATCH_POLICIES}
          disabled={!isAdmin}
          onChange={(onNoMatch) => edit({ onNoMatch })}
        />
      </SimpleGrid>
      <DefaultCountry
        value={draft.defaultCountry}
        disabled={!isAdmin}
        onChange={(defaultCountry) => edit({ defaultCountry })}
      />
      <TagsInput
        label="Ignored numbers"
        description="Never used to find a contact: a company’s switchboard stands on many. Press Enter after each."
        placeholder={draft.ignoredNumbers.length === 0 ? '+49 30 1234567' : undefined}
        value={draft.ignoredNumbers}
        onChange={(ignoredNumbers) => edit({ ignoredNumbers })}
        splitChars={[',', ';']}
        maxTags={1_000}
        disabled={!isAdmin}
        clearable
        clearButtonProps={{ 'aria-label': 'Remove all ignored numbers' }}
      />
      {problem !== undefined && !isOvertaken && <Refused problem={problem} />}
    </SettingsForm>
  );
}

interface DefaultCountryProps {
  value: string | undefined;
  disabled: boolean;
  onChange: (value: string | undefined) => void;
}

function DefaultCountry({ value, disabled, onChange }: DefaultCountryProps) {
  const [isLookedAt, setLookedAt] = useState(false);
  const data = useMemo(
    () => countryChoices(navigator.language, isLookedAt ? undefined : [value].filter((code) => code !== undefined)),
    [isLookedAt, value],
  );
  return (
    <Select
      label="Default country"
      description="How phone numbers without a country are read"
      placeholder="None: by national digits"
      data={data}
      value={value ?? null}
      onChange={(country) => onChange(country ?? undefined)}
      onFocus={() => setLookedAt(true)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'No default country' }}
      disabled={disabled}
      maw={420}
    />
  );
}

/** What a person chooses; whether it takes effect is for the connection to say. */
function choicesIn({ mode, onNoMatch, defaultCountry, ignoredNumbers }: Writeback): Omit<Writeback, 'effective'> {
  return { mode, onNoMatch, defaultCountry, ignoredNumbers };
}
