import { Button, Group, Modal, PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Refused } from '../show/refused.js';
import { textOf } from '../show/text-of.js';
import { ROLES, SHORTEST_PASSWORD, useCreateUser, type UserRole } from './users.js';

export function AddUser({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add user" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <Addition onClose={onClose} />}
    </Modal>
  );
}

function Addition({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<UserRole>('agent');
  const create = useCreateUser();
  const problem = create.error === null ? undefined : toProblem(create.error);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = textOf(form, 'email').trim();
    create.mutate({ email, password: textOf(form, 'password'), role }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Email"
          name="email"
          type="email"
          autoComplete="off"
          maxLength={320}
          required
          withAsterisk={false}
          data-autofocus
          error={problem?.fields['email']}
        />
        <PasswordInput
          label="Password"
          name="password"
          description={`At least ${SHORTEST_PASSWORD} characters. Tell it to them in a safe way.`}
          autoComplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          required
          withAsterisk={false}
          error={problem?.fields['password']}
        />
        <Radio.Group label="Role" value={role} onChange={(chosen) => setRole(chosen)}>
          <Stack gap="xs" mt="xs">
            {ROLES.map(({ value, label, meaning }) => (
              <Radio key={value} value={value} label={label} description={meaning} />
            ))}
          </Stack>
        </Radio.Group>
        {problem !== undefined && <Refused problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
