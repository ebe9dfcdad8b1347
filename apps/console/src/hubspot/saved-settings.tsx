import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Notice } from '../show/notice.js';
import { Failed, Loading } from '../show/states.js';

interface Heading {
  title: string;
  intro: string;
}

interface SavedSettingsProps<Value> extends Heading {
  query: {
    data: { value: Value; etag: string | undefined } | undefined;
    error: Error | null;
    refetch: () => Promise<unknown>;
  };
  children: (saved: {
    saved: Value;
    etag: string | undefined;
    /** For a change that was refused: what is there now is read when that is why. */
    onRefused: (error: Error) => void;
  }) => ReactNode;
}

/** Settings as they are saved, for a form that begins with them. */
export function SavedSettings<Value>({ title, intro, query, children }: SavedSettingsProps<Value>) {
  const read = (): void => void query.refetch();
  if (query.data === undefined) {
    return (
      <Card title={title} intro={intro}>
        {query.error === null ? (
          <Loading lines={5} label={`Loading ${title.toLowerCase()}`} />
        ) : (
          <Failed title={`${title} can’t be shown`} problem={toProblem(query.error)} onRetry={read} />
        )}
      </Card>
    );
  }
  const { value, etag } = query.data;
  const onRefused = (error: Error): void => {
    if (toProblem(error).code === 1016) read();
  };
  return children({ saved: value, etag, onRefused });
}

interface SettingsFormProps extends Heading {
  /** On the button. */
  action: string;
  isAdmin: boolean;
  isChanged: boolean;
  isPending?: boolean;
  /** Someone else has saved meanwhile: what stands here began with what is no more. */
  isOvertaken: boolean;
  onUndo: () => void;
  onSave: () => void;
  children: ReactNode;
}

/** A card with what can be chosen and, for an admin, Save and Undo at its end. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, intro, action, isAdmin, isChanged, isPending = false, isOvertaken, onUndo, onSave, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Card
        title={title}
        intro={intro}
        footer={
          isAdmin ? (
            <Group justify="flex-end" gap="sm">
              {isChanged && (
                <Button variant="default" onClick={onUndo}>
                  {isOvertaken ? 'Show what is saved now' : 'Undo'}
                </Button>
              )}
              <Button type="submit" disabled={!isChanged || isOvertaken} loading={isPending}>
                {action}
              </Button>
            </Group>
          ) : undefined
        }
      >
        <Stack gap="lg">
          {children}
          {isOvertaken && (
            <Notice tone="wait" role="status" title="Someone else has saved these meanwhile.">
              <p>What you changed is not saved. Look at what is there now, then change it again.</p>
            </Notice>
          )}
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
