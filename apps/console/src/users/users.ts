import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { tell } from '../show/tell.js';

export type User = Shape<'UserResponse'>;
export type UserRole = Shape<'UserRole'>;

/** Of a password, as the API insists on. */
export const SHORTEST_PASSWORD = 12;

export const ROLES: readonly { value: UserRole; label: string; meaning: string }[] = [
  { value: 'agent', label: 'Agent', meaning: 'Answers conversations and sees the contact beside the chat' },
  { value: 'admin', label: 'Admin', meaning: 'Also connects HubSpot, changes settings, keys and people' },
];

export const usersQuery = pagesOf<User>(['users'], (cursor, signal) =>
  answerOf(api.GET('/users', { params: { query: { cursor } }, signal })),
);

export function useCreateUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<'CreateUserRequest'>) => answerOf(api.POST('/users', { body })),
    onSuccess: (_answer, { email }) => {
      tell(`${email} can sign in now.`);
      return queryClient.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
}

interface UserChange extends Shape<'ChangeUserRequest'> {
  id: string;
  /** Told once it is made, also when whoever made it has gone to another page meanwhile. */
  done: string;
}

export function useChangeUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role, password, active }: UserChange) =>
      answerOf(api.PATCH('/users/{id}', { params: { path: { id } }, body: { role, password, active } })),
    onSuccess: (_answer, { done }) => {
      tell(done);
      return queryClient.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
}
