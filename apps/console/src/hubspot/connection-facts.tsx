import type { ReactNode } from 'react';
import { Moment } from '../show/moment.js';
import type { Connection } from './connection.js';
import classes from './facts.module.css';
import { ScopeList } from './scope-list.js';

/** Who connected what, since when, and what HubSpot granted. */
export function ConnectionFacts({ connection }: { connection: Connection }) {
  const { kind, user, portalId, portalDomain, connectedAt, enabledAt, scopes, status } = connection;
  const account = [portalDomain, portalId === undefined ? undefined : `portal ${portalId}`].filter(Boolean).join(' · ');
  const facts: [string, ReactNode][] = [
    ['HubSpot user', user],
    ['Account', account === '' ? undefined : account],
    ['Connected by', kind === undefined ? undefined : kind === 'oauth' ? 'Login to HubSpot' : 'Private access token'],
    ['Connected since', connectedAt === undefined ? undefined : <Moment at={connectedAt} />],
    ['Syncing since', enabledAt === undefined ? undefined : <Moment at={enabledAt} />],
  ];
  return (
    <div>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {status !== 'inactive' && <ScopeList granted={scopes} />}
    </div>
  );
}
