import { Button, Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Page } from '../show/page.js';
import { Empty } from '../show/states.js';
import { Refused } from '../show/refused.js';
import { Counters } from './counters.js';
import { deliveriesQuery, type DeliveryFilter, historyQuery, type ReplayFilter, statsQuery } from './deliveries.js';
import { DeliveriesTable } from './deliveries-table.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import { canReplay } from './delivery-words.js';
import { Filters } from './filters.js';
import { HistoryChart } from './history-chart.js';
import { Meanwhile } from './meanwhile.js';
import { ReplayAll } from './replay-all.js';

const route = getRouteApi('/signed-in/deliveries');

/** What became of every closed conversation. */
export function DeliveriesPage() {
  const isAdmin = useSession().role === 'admin';
  const { delivery, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const [isReplaying, setReplaying] = useState(false);
  const deliveries = useInfiniteQuery(deliveriesQuery(filter));
  const stats = useQuery(statsQuery);
  const history = useQuery(historyQuery);
  const show = (next: DeliveryFilter): void => void navigate({ search: next, replace: true });
  const open = (id: string | undefined): void => void navigate({ search: { ...filter, delivery: id }, replace: true });
  const replayable = isAdmin ? replayFilterOf(filter) : undefined;

  return (
    <Page
      title="Deliveries"
      intro="Each closed conversation is one delivery to HubSpot. This list is live."
      wide
      actions={
        replayable !== undefined && (
          <Button variant="default" onClick={() => setReplaying(true)} disabled={(deliveries.data?.length ?? 0) === 0}>
            Replay all of these
          </Button>
        )
      }
    >
      <Stack gap="lg">
        <Meanwhile />
        {stats.error !== null && stats.data === undefined ? (
          <Refused problem={toProblem(stats.error)} />
        ) : (
          <Counters
            stats={stats.data}
            selected={filter.status}
            onSelect={(status) => show({ ...filter, status, reason: undefined })}
          />
        )}
        {history.error !== null && history.data === undefined && stats.error === null && (
          <Refused problem={toProblem(history.error)} />
        )}
        {history.data?.some(({ written, skipped, failed }) => written + skipped + failed > 0) && (
          <HistoryChart days={history.data} />
        )}
        <Card>
          <Filters filter={filter} stats={stats.data} onChange={show} />
          <List query={deliveries} what="Deliveries" empty={<Nothing filter={filter} onShowAll={() => show({})} />}>
            {(items) => <DeliveriesTable deliveries={items} isAdmin={isAdmin} onOpen={open} />}
          </List>
        </Card>
      </Stack>
      <DeliveryDrawer id={delivery} onClose={() => open(undefined)} />
      {replayable !== undefined && (
        <ReplayAll opened={isReplaying} filter={replayable} stats={stats.data} onClose={() => setReplaying(false)} />
      )}
    </Page>
  );
}

/** What of the filter can be replayed together: failed ones, or those that found no contact. */
function replayFilterOf({ status, ...filter }: DeliveryFilter): ReplayFilter | undefined {
  if (status === 'failed') return { ...filter, status };
  const { reason } = filter;
  return status === 'skipped' && (reason === undefined || canReplay({ status, reason }))
    ? { ...filter, status }
    : undefined;
}

function Nothing({ filter, onShowAll }: { filter: DeliveryFilter; onShowAll: () => void }) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return isFiltered ? (
    <Empty
      title="No delivery is like this"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all
        </Button>
      }
    />
  ) : (
    <Empty title="No conversation has closed yet">
      When an agent closes a conversation, what becomes of its transcript stands here.
    </Empty>
  );
}
