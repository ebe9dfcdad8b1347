import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { Notice } from '../show/notice.js';
import { Page } from '../show/page.js';
import { Failed, Loading } from '../show/states.js';
import { type Connection, connectionQuery } from './connection.js';
import { ConnectionCard } from './connection-card.js';
import { InteractionLogging } from './interaction-logging.js';
import { OptionsCard } from './options-card.js';

const route = getRouteApi('/signed-in/settings/integrations/hubspot');

/** Settings → Integrations → HubSpot. */
export function HubSpotPage() {
  const { connect } = route.useSearch();
  const isAdmin = useSession().role === 'admin';
  const connection = useQuery(connectionQuery);
  return (
    <Page
      title="HubSpot"
      under={['Settings', 'Integrations']}
      intro="When a conversation closes, its transcript appears on the right contact’s timeline: once, whole, in order."
    >
      <Stack gap="lg">
        {connect !== undefined && connection.data !== undefined && (
          <ConsentOutcome outcome={connect} isConnected={readablePortal(connection.data) !== undefined} />
        )}
        {connection.data === undefined ? (
          <Card>
            {connection.error === null ? (
              <Loading lines={4} label="Loading the connection" />
            ) : (
              <Failed
                title="The connection can’t be shown"
                problem={toProblem(connection.error)}
                onRetry={() => void connection.refetch()}
              />
            )}
          </Card>
        ) : (
          <>
            <ConnectionCard connection={connection.data} isAdmin={isAdmin} />
            {connection.data.status !== 'disconnected' && (
              <>
                <InteractionLogging isAdmin={isAdmin} />
                <OptionsCard isAdmin={isAdmin} portalId={readablePortal(connection.data)} />
              </>
            )}
          </>
        )}
      </Stack>
    </Page>
  );
}

/** @returns the account that answers now. */
function readablePortal({ status, portalId }: Connection): string | undefined {
  return status === 'connected' || status === 'active' ? portalId : undefined;
}

interface ConsentOutcomeProps {
  outcome: 'connected' | 'declined';
  /** Now: the tab may stay open, or be opened again, long after. */
  isConnected: boolean;
}

/** In the tab that HubSpot's consent page leads back to. */
function ConsentOutcome({ outcome, isConnected }: ConsentOutcomeProps) {
  if (outcome === 'connected' && !isConnected) return undefined;
  return outcome === 'connected' ? (
    <Notice tone="good" role="status" title="HubSpot agreed, and the connection was stored.">
      <p>You can close this tab: the one you came from has noticed.</p>
    </Notice>
  ) : (
    <Notice tone="wait" role="status" title="Nothing was connected: the request was declined in HubSpot.">
      <p>To connect after all, press {isConnected ? 'Connect again' : 'Integrate'} here and agree on HubSpot’s page.</p>
    </Notice>
  );
}
