import { Button, Group, Select, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Choices } from '../show/choices.js';
import { Refused } from '../show/refused.js';
import { Failed, Loading } from '../show/states.js';
import { tell } from '../show/tell.js';
import { useChangeWriteback, type Writeback, writebackQuery } from './connection.js';
import { countryChoices } from './countries.js';
import { MODES, NO_MATCH_POLICIES } from './words.js';

const TITLE = 'Interaction logging';
const INTRO =
  'What is written when a conversation closes, and to whom. Changes hold for conversations closed after them.';

export function InteractionLogging({ isAdmin }: { isAdmin: boolean }) {
  const writeback = useQuery(writebackQuery);
  if (writeback.data === undefined) {
    return (
      <Card title={TITLE} intro={INTRO}>
        {writeback.error === null ? (
          <Loading lines={5} label="Loading interaction logging" />
        ) : (
          <Failed
            title="Interaction logging can’t be shown"
            problem={toProblem(writeback.error)}
            onRetry={() => void writeback.refetch()}
          />
        )}
      </Card>
    );
  }
  const { value, etag } = writeback.data;
  // Someone else's change begins the form anew: what was typed was about something that is no more.
  return <Form key={etag} saved={value} etag={etag} isAdmin={isAdmin} onStale={() => void writeback.refetch()} />;
}

interface FormProps {
  saved: Writeback;
  etag: string | undefined;
  isAdmin: boolean;
  onStale: () => void;
}

function Form({ saved, etag, isAdmin, onStale }: FormProps) {
  const [draft, setDraft] = useState(saved);
  const change = useChangeWriteback();
  const edit = (part: Partial<Writeback>): void => setDraft((current) => ({ ...current, ...part }));
  const isChanged = (['mode', 'onNoMatch', 'defaultCountry', 'ignoredNumbers'] as const).some(
    (field) => JSON.stringify(draft[field] ?? null) !== JSON.stringify(saved[field] ?? null),
  );
  const problem = change.error === null ? undefined : toProblem(change.error);
  const save = (): void =>
    change.mutate(
      {
        etag,
        change: {
          mode: draft.mode,
          onNoMatch: draft.onNoMatch,
          defaultCountry: draft.defaultCountry ?? null,
          ignoredNumbers: draft.ignoredNumbers,
        },
      },
      {
        onSuccess: () => tell('Interaction logging is saved.'),
        onError: (error) => {
          if (toProblem(error).code === 1016) onStale();
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Card
        title={TITLE}
        intro={INTRO}
        footer={
          isAdmin ? (
            <Group justify="flex-end" gap="sm">
              {isChanged && (
                <Button variant="default" onClick={() => setDraft(saved)}>
                  Undo
                </Button>
              )}
              <Button type="submit" disabled={!isChanged} loading={change.isPending}>
                Save
              </Button>
            </Group>
          ) : undefined
        }
      >
        <Stack gap="lg">
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
          <Select
            label="Default country"
            description="How phone numbers without a country are read"
            placeholder="None: compared by their national digits"
            data={countryChoices(navigator.language)}
            value={draft.defaultCountry ?? null}
            onChange={(country) => edit({ defaultCountry: country ?? undefined })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'No default country' }}
            disabled={!isAdmin}
            maw={420}
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
          {problem !== undefined && <Refused problem={problem} />}
          {!isAdmin && (
            <Text size="sm" c="dimmed">
              An admin changes these.
            </Text>
          )}
        </Stack>
      </Card>
    </form>
  );
}
