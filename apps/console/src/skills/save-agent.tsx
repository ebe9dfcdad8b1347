import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Choices } from '../show/choices.js';
import { Refused } from '../show/refused.js';
import { Failed, Loading } from '../show/states.js';
import { type AiAgent, agentQuery, type AiAgentKind, KINDS, useChangeAgent, useCreateAgent } from './agents.js';

interface SaveAgentProps {
  /** Left out: a new one. */
  agentId?: string;
  onClose: () => void;
}

/** Name, description and kind of an AI agent. */
export function SaveAgent({ agentId, onClose }: SaveAgentProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={agentId === undefined ? 'Create AI agent' : 'Change AI agent'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {agentId === undefined ? <Creation onClose={onClose} /> : <Changing agentId={agentId} onClose={onClose} />}
    </Modal>
  );
}

function Creation({ onClose }: { onClose: () => void }) {
  const create = useCreateAgent();
  return (
    <Fields
      action="Create"
      error={create.error}
      isPending={create.isPending}
      onClose={onClose}
      onSave={({ name, description, kind }) =>
        create.mutate({ name, kind, ...(description === '' ? {} : { description }) }, { onSuccess: onClose })
      }
    />
  );
}

function Changing({ agentId, onClose }: { agentId: string; onClose: () => void }) {
  const agent = useQuery({ ...agentQuery(agentId), staleTime: 0 });
  const change = useChangeAgent();
  if (agent.data === undefined)
    return agent.error === null ? (
      <Loading lines={4} label="Loading the AI agent" />
    ) : (
      <Failed
        title="The AI agent can’t be shown"
        problem={toProblem(agent.error)}
        onRetry={() => void agent.refetch()}
      />
    );
  const { value, etag } = agent.data;
  return (
    <Fields
      // Someone else's change begins the form anew.
      key={etag}
      saved={value}
      action="Save"
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSave={({ name, description, kind }) =>
        change.mutate(
          { agent: value, etag, change: { name, kind, description: description === '' ? null : description } },
          {
            onSuccess: onClose,
            onError: (error) => void (toProblem(error).code === 1016 && agent.refetch()),
          },
        )
      }
    />
  );
}

interface Typed {
  name: string;
  description: string;
  kind: AiAgentKind;
}

interface FieldsProps {
  saved?: AiAgent;
  action: string;
  error: Error | null;
  isPending: boolean;
  onClose: () => void;
  onSave: (typed: Typed) => void;
}

function Fields({ saved, action, error, isPending, onClose, onSave }: FieldsProps) {
  const [name, setName] = useState(saved?.name ?? '');
  const [description, setDescription] = useState(saved?.description ?? '');
  const [kind, setKind] = useState<AiAgentKind>(saved?.kind ?? 'voice');
  const problem = error === null ? undefined : toProblem(error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), description: description.trim(), kind });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Reception"
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
          error={problem?.reason === 'name_taken' ? 'Another AI agent has this name' : problem?.fields['name']}
        />
        <Textarea
          label="Description"
          description="For people: what it is for"
          value={description}
          onChange={({ currentTarget: { value } }) => setDescription(value)}
          maxLength={1_000}
          autosize
          minRows={2}
        />
        <Choices label="Where it talks to people" value={kind} choices={KINDS} onChange={setKind} />
        {problem !== undefined && problem.reason !== 'name_taken' && <Refused problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
