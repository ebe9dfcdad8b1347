import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape, taggedAnswerOf } from '../api/client.js';
import { tell } from '../show/tell.js';
import { HUBSPOT_KEY, PORTAL_KEY } from './connection.js';

export type Options = Shape<'OptionsResponse'>;
export type ContactProperty = Shape<'ContactPropertyResponse'>;

export const optionsQuery = queryOptions({
  queryKey: [...HUBSPOT_KEY, 'options'],
  queryFn: ({ signal }) => taggedAnswerOf<Options>(api.GET('/integrations/hubspot/options', { signal })),
});

/** What the portal's schema has of contacts; it changes seldom, and with the portal. */
export const propertiesQuery = (portalId: string | undefined) =>
  queryOptions({
    queryKey: [...PORTAL_KEY, portalId, 'properties'],
    queryFn: async ({ signal }): Promise<ContactProperty[]> =>
      (await answerOf(api.GET('/integrations/hubspot/properties', { signal }))).data,
    staleTime: 5 * 60_000,
  });

export function useChangeOptions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, etag }: { change: Options; etag: string | undefined }) =>
      taggedAnswerOf<Options>(
        api.PATCH('/integrations/hubspot/options', { params: { header: { 'If-Match': etag } }, body: change }),
      ),
    // Told here: the form begins anew with what was saved, and may be gone before it hears of it.
    onSuccess: (changed) => {
      tell('Options are saved.');
      queryClient.setQueryData(optionsQuery.queryKey, changed);
    },
  });
}
