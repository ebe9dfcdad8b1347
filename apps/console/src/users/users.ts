import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';

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
    onSuccess: () => queryClient.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}

interface UserChange extends Shape<'ChangeUserRequest'> {
  id: string;
}

export function useChangeUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserChange) => answerOf(api.PATCH('/users/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}
