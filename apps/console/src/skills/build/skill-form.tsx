import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Problem } from '../../api/problem.js';
import { Card } from '../../show/card.js';
import { Choices } from '../../show/choices.js';
import { Refused } from '../../show/refused.js';
import { objectQuery, objectsQuery, useKnownPortal } from '../portal.js';
import classes from './build.module.css';
import { BuildingProvider } from './building.js';
import { CheckCard } from './check-card.js';
import { type Built, useCheck } from './checks.js';
import { bodyOf, type Draft, isEmptyAt, type Operation, tidy, withObject, withOperation } from './draft.js';
import { InputsForm } from './inputs-form.js';
import { SearchForm } from './search-form.js';
import { WriteForm } from './write-form.js';

const CHECKED_AFTER_MS = 400;

const OPERATIONS: readonly { value: Operation; label: string; meaning: string }[] = [
  { value: 'restSearch', label: 'Look something up', meaning: 'Reads records; changes nothing' },
  { value: 'restWrite', label: 'Write something', meaning: 'Creates or changes a record; the caller is asked first' },
];

interface SkillFormProps {
  of: Built;
  draft: Draft;
  onChange: (next: (draft: Draft) => Draft) => void;
  /** Why saving failed. */
  problem: Problem | undefined;
  isSaving: boolean;
  action: string;
  onSave: () => void;
  /** Beside Save. */
  beside?: ReactNode;
}

/** The whole of a binding as a form, checked while it is filled in. */
export function SkillForm({ of, draft, onChange, problem, isSaving, action, onSave, beside }: SkillFormProps) {
  const [isTold, setTold] = useState(false);
  const [settled] = useDebouncedValue(draft, CHECKED_AFTER_MS);
  const check = useCheck(of, settled);
  const portalId = useKnownPortal();
  const objects = useQuery(objectsQuery(portalId));
  const name = (draft.operation === 'restSearch' ? draft.restSearch : draft.restWrite)?.object ?? '';
  const object = useQuery(objectQuery(portalId, name));
  const body = bodyOf(draft);
  const found = check.data?.problems ?? [];
  const missing = found.filter(({ field }) => isEmptyAt(body, field));
  const wrong = found.filter(({ field }) => !isEmptyAt(body, field));
  const shown = isTold ? found : wrong;
  const errorAt = (path: string, deep?: 'deep'): string | undefined => {
    const one = shown.find(
      ({ field }) => field === path || (deep && (field.startsWith(`${path}.`) || field.startsWith(`${path}[`))),
    );
    if (one === undefined) return undefined;
    return isEmptyAt(body, one.field) ? 'is still missing' : one.message;
  };
  const isChecked = settled === draft && !check.isFetching;
  const access = draft.operation === 'restSearch' ? 'read' : 'write';
  const withheld = objects.data?.find((one) => one.name === name && !one.capabilities[access]);
  // Whoever saves while the last check is under way waits for it; one that can't be had is left to the saving itself.
  const [isWanted, setWanted] = useState(false);
  const isRight = check.error !== null || check.data?.valid === true;
  useEffect(() => {
    if (!isWanted || !isChecked) return;
    setWanted(false);
    if (isRight) onSave();
  }, [isWanted, isChecked, isRight, onSave]);
  const save = (): void => {
    setTold(true);
    setWanted(true);
  };
  return (
    <BuildingProvider value={{ draft, objects: objects.data ?? [], object: object.data, change: onChange, errorAt }}>
      <div className={classes.columns}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Card
            footer={
              <Group justify="space-between" gap="sm">
                <div>{beside}</div>
                <Group gap="sm">
                  {isTold && check.data?.valid === false && (
                    <Text size="sm" c="var(--bad-ink)" role="alert">
                      Mend what is marked first.
                    </Text>
                  )}
                  <Button type="submit" loading={isSaving || isWanted}>
                    {action}
                  </Button>
                </Group>
              </Group>
            }
          >
            <Stack gap="lg">
              <TextInput
                label="Name"
                description="What the AI agent calls: lower-case letters, digits and _"
                placeholder="find_open_deals"
                value={draft.toolName}
                onChange={({ currentTarget: { value } }) => onChange((before) => ({ ...before, toolName: value }))}
                maxLength={64}
                error={errorAt('toolName')}
                classNames={{ input: classes.code }}
              />
              <Textarea
                label="Description"
                description="When to use it. The AI agent decides by this text"
                placeholder="Finds the caller’s open deals by a word of their name."
                value={draft.description}
                onChange={({ currentTarget: { value } }) => onChange((before) => ({ ...before, description: value }))}
                maxLength={1_000}
                autosize
                minRows={2}
                error={errorAt('description')}
              />
              <Choices
                label="Kind"
                value={draft.operation}
                choices={OPERATIONS}
                onChange={(operation) => onChange((before) => withOperation(before, operation))}
              />
              <Select
                label="Object"
                placeholder="Search HubSpot’s objects"
                data={(objects.data ?? []).map((one) => ({
                  value: one.name,
                  label: one.missingScopes.length > 0 ? `${one.pluralLabel} (scope missing)` : one.pluralLabel,
                }))}
                value={name === '' ? null : name}
                onChange={(chosen) => chosen !== null && onChange((before) => tidy(withObject(before, chosen)))}
                searchable
                allowDeselect={false}
                nothingFoundMessage="HubSpot has no such object"
                description={
                  withheld === undefined
                    ? undefined
                    : `The connection may not ${access} it: grant ${withheld.missingScopes.join(', ')} and connect again.`
                }
                error={errorAt(`${draft.operation}.object`)}
              />
              {draft.restSearch !== undefined && draft.operation === 'restSearch' && (
                <SearchForm search={draft.restSearch} />
              )}
              {draft.restWrite !== undefined && draft.operation === 'restWrite' && (
                <WriteForm write={draft.restWrite} />
              )}
              <InputsForm />
              {problem !== undefined && <Refused problem={problem} />}
            </Stack>
          </Card>
        </form>
        <div className={classes.aside}>
          <CheckCard
            check={check.data}
            error={check.data === undefined ? check.error : null}
            isFetching={!isChecked}
            wrong={wrong}
            missing={missing}
          />
        </div>
      </div>
    </BuildingProvider>
  );
}
