import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { Notice } from '../show/notice.js';
import { Refused } from '../show/refused.js';
import { Empty, Failed, Loading } from '../show/states.js';
import { useDiscover, useReadiness } from './portal.js';
import classes from './skills.module.css';

/** What stands between AI agents and HubSpot, in words, with the next step; nothing where nothing does. */
export function ReadinessNotice() {
  const readiness = useReadiness();
  const isAdmin = useSession().role === 'admin';
  switch (readiness.state) {
    case 'loading':
      return null;
    case 'unknown':
      return <Refused problem={readiness.problem} />;
    case 'not_connected':
      return (
        <Notice tone="wait" title="HubSpot is not connected">
          <p>
            Skills can be made and run while it is.{' '}
            {isAdmin ? <ToSettings>Connect it in Settings</ToSettings> : 'An admin connects it in Settings.'}
          </p>
        </Notice>
      );
    case 'not_discovered':
      return (
        <Notice tone="wait" title="What HubSpot holds is not known yet">
          <p>Its objects and fields are read once, so that every skill can be checked against them.</p>
          {isAdmin ? <Discover label="Discover now" /> : <p>An admin starts that here.</p>}
        </Notice>
      );
    case 'ready':
      return readiness.missingScopes.length === 0 ? null : (
        <Notice tone="wait" title="HubSpot is connected without all that skills need">
          <p>
            Missing: <span className={classes.code}>{readiness.missingScopes.join(', ')}</span>. What needs them is left
            out.{' '}
            {isAdmin ? (
              <ToSettings>Connect again in Settings with “Skills for AI agents”</ToSettings>
            ) : (
              'An admin connects again with “Skills for AI agents”.'
            )}
          </p>
        </Notice>
      );
  }
}

/** For what makes no sense before HubSpot's objects and fields are known. */
export function ReadinessGate({ children }: { children: ReactNode }) {
  const readiness = useReadiness();
  const isAdmin = useSession().role === 'admin';
  if (readiness.state === 'ready') return children;
  return (
    <Card>
      {readiness.state === 'loading' && <Loading lines={5} label="Looking at the connection" />}
      {readiness.state === 'unknown' && (
        <Failed title="The connection can’t be looked at" problem={readiness.problem} onRetry={readiness.retry} />
      )}
      {readiness.state === 'not_connected' && (
        <Empty title="HubSpot is not connected" action={isAdmin && <ToSettings>Connect it in Settings</ToSettings>}>
          A skill is checked against what HubSpot holds, so HubSpot comes first.
        </Empty>
      )}
      {readiness.state === 'not_discovered' && (
        <Empty title="What HubSpot holds is not known yet" action={isAdmin && <Discover label="Discover now" />}>
          Its objects and fields are read once, so that every skill can be checked against them.
        </Empty>
      )}
    </Card>
  );
}

function ToSettings({ children }: { children: string }) {
  return (
    <Link to="/settings/integrations/hubspot" search={{}}>
      {children}
    </Link>
  );
}

export function Discover({ label }: { label: string }) {
  const discover = useDiscover();
  return (
    <div>
      <Group gap="sm" mt="xs">
        <Button size="xs" variant="default" loading={discover.isPending} onClick={() => discover.mutate()}>
          {label}
        </Button>
        {discover.isPending && (
          <Text size="sm" role="status">
            Reading HubSpot’s objects and fields. This takes a few seconds.
          </Text>
        )}
      </Group>
      {discover.error !== null && <Refused problem={toProblem(discover.error)} />}
    </div>
  );
}
