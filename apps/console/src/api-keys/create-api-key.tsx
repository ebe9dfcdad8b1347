import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { CopyValue } from '../show/copy-value.js';
import { Notice } from '../show/notice.js';
import { Refused } from '../show/refused.js';
import { type ApiKeyScope, SCOPE_MEANINGS, useCreateApiKey } from './api-keys.js';

/** What a help desk needs to hand over its conversations. */
const USUAL: readonly ApiKeyScope[] = ['conversations:read', 'conversations:write'];

export function CreateApiKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Create API key"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnClickOutside={false}
    >
      {opened && <Creation onClose={onClose} />}
    </Modal>
  );
}

function Creation({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ApiKeyScope[]>([...USUAL]);
  const create = useCreateApiKey();
  if (create.data !== undefined) {
    return (
      <Stack gap="md">
        <Notice tone="wait" title="Copy the key now">
          <p>It is shown this once. Threadline keeps only a hash of it, so nobody can show it again.</p>
        </Notice>
        <CopyValue value={create.data.data.key} label="the key" />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: name.trim(), scopes });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What will call with it, so that you know it again"
          placeholder="Help desk"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Checkbox.Group
          label="Scopes"
          description="As few as it needs"
          value={scopes}
          onChange={(chosen) => setScopes(chosen)}
        >
          <Stack gap="xs" mt="xs">
            {Object.entries(SCOPE_MEANINGS).map(([scope, meaning]) => (
              <Checkbox key={scope} value={scope} label={meaning} description={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        {create.error !== null && <Refused problem={toProblem(create.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === '' || scopes.length === 0}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
