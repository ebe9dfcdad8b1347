import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { toProblem } from '../api/problem.js';
import { tell, tellFailure } from '../show/tell.js';

export type Delivery = Shape<'DeliveryResponse'>;
export type DeliveryStatus = Shape<'DeliveryStatus'>;
export type Stats = Shape<'StatsResponse'>;
export type Day = Shape<'DayResponse'>;

/** What the table shows; each left out takes everything. */
export interface DeliveryFilter {
  status?: DeliveryStatus;
  reason?: string;
  /** Calendar days of the reader, both included. */
  from?: string;
  to?: string;
}

const DELIVERIES_KEY = ['deliveries'] as const;

const NUMBER = new Intl.NumberFormat();

export const deliveriesQuery = (filter: DeliveryFilter) =>
  pagesOf<Delivery>([...DELIVERIES_KEY, 'list', filter], (cursor, signal) =>
    answerOf(
      api.GET('/integrations/hubspot/deliveries', { params: { query: { ...toRequest(filter), cursor } }, signal }),
    ),
  );

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: [...DELIVERIES_KEY, 'one', id],
    queryFn: async ({ signal }): Promise<Delivery> =>
      (await answerOf(api.GET('/integrations/hubspot/deliveries/{id}', { params: { path: { id } }, signal }))).data,
  });

export const statsQuery = queryOptions({
  queryKey: [...DELIVERIES_KEY, 'stats'],
  queryFn: async ({ signal }): Promise<Stats> =>
    (await answerOf(api.GET('/integrations/hubspot/writeback/stats', { signal }))).data,
});

export const historyQuery = queryOptions({
  queryKey: [...DELIVERIES_KEY, 'history'],
  queryFn: async ({ signal }): Promise<Day[]> => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const query = { days: 14, timeZone };
    return (await answerOf(api.GET('/integrations/hubspot/writeback/history', { params: { query }, signal }))).data;
  },
});

/** What came of it is told here: by then the row may have left the filter, and the drawer be closed. */
export function useReplay() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string): Promise<Delivery> =>
      (await answerOf(api.POST('/integrations/hubspot/deliveries/{id}/replay', { params: { path: { id } } }))).data,
    onSuccess: () => tell('The delivery is back in line.'),
    onError: (error) => tellFailure('The delivery was not replayed', toProblem(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: DELIVERIES_KEY }),
  });
}

export type ReplayFilter = DeliveryFilter & { status: Shape<'ReplayableStatus'> };

/** @returns how many went back in line; a call takes 5,000 at most, so it is called until there are no more. */
export function useReplayAll() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (filter: ReplayFilter): Promise<number> => {
      let replayed = 0;
      for (;;) {
        const { data } = await answerOf(
          api.POST('/integrations/hubspot/deliveries/replay', {
            body: { ...toRequest(filter), status: filter.status },
          }),
        );
        replayed += data.replayed;
        if (!data.more || data.replayed === 0) return replayed;
      }
    },
    onSuccess: (replayed) =>
      tell(
        replayed === 0
          ? 'None of them can be replayed: they are from before syncing was enabled, or of another account.'
          : `${NUMBER.format(replayed)} ${replayed === 1 ? 'delivery is' : 'deliveries are'} back in line.`,
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: DELIVERIES_KEY }),
  });
}

function toRequest({ status, reason, from, to }: DeliveryFilter) {
  return {
    status,
    reason,
    from: from === undefined ? undefined : startOf(from).toISOString(),
    to: to === undefined ? undefined : startOf(to, 1).toISOString(),
  };
}

/** Midnight in the reader's zone. */
function startOf(day: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater);
}
