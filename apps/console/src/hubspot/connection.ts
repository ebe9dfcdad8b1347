import { queryOptions, useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape, taggedAnswerOf } from '../api/client.js';
import { tell } from '../show/tell.js';

export type Connection = Shape<'ConnectionResponse'>;
export type ConnectionStatus = Shape<'ConnectionStatus'>;
export type Feature = Shape<'HubSpotFeature'>;
export type WritebackMode = Shape<'WritebackMode'>;
export type EnabledMode = Shape<'EnabledMode'>;
export type NoMatchPolicy = Shape<'NoMatchPolicy'>;
export type Writeback = Shape<'WritebackResponse'>;

/** Everything about HubSpot begins with this key: what changes the connection makes all of it old. */
export const HUBSPOT_KEY = ['hubspot'] as const;

export const connectionQuery = queryOptions({
  queryKey: [...HUBSPOT_KEY, 'connection'],
  queryFn: async ({ signal }): Promise<Connection> =>
    (await answerOf(api.GET('/integrations/hubspot', { signal }))).data,
});

export const writebackQuery = queryOptions({
  queryKey: [...HUBSPOT_KEY, 'writeback'],
  queryFn: ({ signal }) => taggedAnswerOf<Writeback>(api.GET('/integrations/hubspot/writeback', { signal })),
});

/** What is read of HubSpot itself begins with this key: it can be read only while the connection lasts. */
export const PORTAL_KEY = ['portal'] as const;

/** Every scope HubSpot may be asked for, and why. */
export const scopesQuery = queryOptions({
  queryKey: [...HUBSPOT_KEY, 'scopes'],
  queryFn: async ({ signal }): Promise<Shape<'ScopeResponse'>[]> =>
    (await answerOf(api.GET('/integrations/hubspot/scopes', { signal }))).data,
});

/**
 * A call that changes the connection, after which everything about HubSpot is read again.
 * @param done told here: the page hears of the change by itself, and what it was made with may be gone before the answer.
 */
function useConnectionChange<Input>(change: (input: Input) => Promise<unknown>, done: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      tell(done);
      return queryClient.invalidateQueries({ queryKey: HUBSPOT_KEY });
    },
  });
}

export function useConnectByToken() {
  return useConnectionChange(
    (accessToken: string) => answerOf(api.POST('/integrations/hubspot/connect', { body: { accessToken } })),
    'HubSpot accepted the token, and the connection is stored.',
  );
}

export function useEnableSyncing() {
  return useConnectionChange(
    (body: { mode: EnabledMode; onNoMatch: NoMatchPolicy }) =>
      answerOf(api.POST('/integrations/hubspot/enable', { body })),
    'Syncing is enabled. The next conversation that closes goes to HubSpot.',
  );
}

const ENDING_KEY = ['end-connection'] as const;

/** Ends the connection. What is being read of HubSpot is given up first: it would be refused as soon as the end is reached. */
function useConnectionEnd(end: () => Promise<unknown>, done: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: ENDING_KEY,
    mutationFn: end,
    onMutate: () => queryClient.cancelQueries({ queryKey: PORTAL_KEY }),
    onSuccess: () => {
      tell(done);
      return queryClient.invalidateQueries({ queryKey: HUBSPOT_KEY });
    },
  });
}

export function useDisconnect() {
  return useConnectionEnd(
    () => answerOf(api.DELETE('/integrations/hubspot')),
    'HubSpot is disconnected. Your settings are kept.',
  );
}

export function useDisableSyncing() {
  return useConnectionEnd(
    () => answerOf(api.POST('/integrations/hubspot/disable')),
    'The integration is disabled, and its settings are wiped.',
  );
}

/** From the moment somebody here confirmed it until its new status is shown. */
export function useIsConnectionEnding(): boolean {
  return useIsMutating({ mutationKey: ENDING_KEY }) > 0;
}

export function useChangeWriteback() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, etag }: { change: Shape<'ChangeWritebackRequest'>; etag: string | undefined }) =>
      taggedAnswerOf<Writeback>(
        api.PATCH('/integrations/hubspot/writeback', {
          params: { header: { 'If-Match': etag } },
          body: change,
        }),
      ),
    // Told here: the form begins anew with what was saved, and may be gone before it hears of it.
    onSuccess: (changed) => {
      tell('Interaction logging is saved.');
      queryClient.setQueryData(writebackQuery.queryKey, changed);
    },
  });
}
