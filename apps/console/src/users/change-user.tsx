import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { SHORTEST_PASSWORD, useChangeUser, type User } from './users.js';

export type Change = 'role' | 'password' | 'active';

interface ChangeUserProps {
  user: User;
  change: Change;
  isSelf: boolean;
  onClose: () => void;
}

/** One change of one person, with what it means before it is made. */
export function ChangeUser({ user, change, isSelf, onClose }: ChangeUserProps) {
  const [password, setPassword] = useState('');
  const mutation = useChangeUser();
  const { title, action, meaning, body, done } = describe(user, change, { password, isSelf });
  return (
    <Confirm
      opened
      title={title}
      action={action}
      isGrave={change === 'active' && user.active}
      isPending={mutation.isPending}
      problem={mutation.error === null ? undefined : toProblem(mutation.error)}
      onClose={onClose}
      onConfirm={() => mutation.mutate({ id: user.id, done, ...body }, { onSuccess: onClose })}
    >
      <Text>{meaning}</Text>
      {change === 'password' && (
        <PasswordInput
          label="New password"
          description={`At least ${SHORTEST_PASSWORD} characters`}
          autoComplete="new-password"
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
    </Confirm>
  );
}

function describe(
  { email, role, active }: User,
  change: Change,
  { password, isSelf }: { password: string; isSelf: boolean },
) {
  const who = isSelf ? 'You' : email;
  switch (change) {
    case 'role': {
      const next = role === 'admin' ? 'agent' : 'admin';
      return {
        title: next === 'admin' ? `Make ${email} an admin?` : `Make ${email} an agent?`,
        action: next === 'admin' ? 'Make admin' : 'Make agent',
        meaning:
          next === 'admin'
            ? 'An admin connects HubSpot, and changes settings, keys and people.'
            : `${who} will no longer be able to change settings, keys or people.`,
        body: { role: next } as const,
        done: `${email} is an ${next} now.`,
      };
    }
    case 'password':
      return {
        title: `A new password for ${email}`,
        action: 'Set password',
        meaning: isSelf
          ? 'Your other sessions end; this one goes on.'
          : 'Sessions begun with the old password end at once. Tell them the new one in a safe way.',
        body: { password },
        done: `${email} has a new password.`,
      };
    case 'active':
      return active
        ? {
            title: `Let ${email} out?`,
            action: 'Let out',
            meaning: `${who} will be signed out at once and can’t sign in any more, until an admin lets them in again.`,
            body: { active: false },
            done: `${email} can no longer sign in.`,
          }
        : {
            title: `Let ${email} in again?`,
            action: 'Let in',
            meaning: 'They sign in with the password they had.',
            body: { active: true },
            done: `${email} can sign in again.`,
          };
  }
}
