import { Select, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Moment } from '../show/moment.js';
import { Page } from '../show/page.js';
import { Records } from '../show/records.js';
import { Empty } from '../show/states.js';
import { ACTION_WORDS, type AuditAction, type AuditEntry, detailsInWords } from './audit-words.js';

const auditQuery = (action: AuditAction | undefined) =>
  pagesOf<AuditEntry>(['audit', action ?? 'all'], (cursor, signal) =>
    answerOf(api.GET('/audit', { params: { query: { action, cursor } }, signal })),
  );

const CHOICES = Object.entries(ACTION_WORDS).map(([value, words]) => ({
  value: value as AuditAction,
  label: `Who ${words}`,
}));

export function AuditPage() {
  const [action, setAction] = useState<AuditAction>();
  const entries = useInfiniteQuery(auditQuery(action));
  return (
    <Page
      title="Audit log"
      under={['Settings']}
      intro="Who connected, enabled, changed settings and replayed: when, and from where. Nothing here can be changed."
      wide
      actions={
        <Select
          aria-label="Show only"
          placeholder="Everything"
          data={CHOICES}
          value={action ?? null}
          onChange={(chosen) => setAction(chosen ?? undefined)}
          clearable
          clearButtonProps={{ 'aria-label': 'Show everything' }}
          w={{ base: '100%', xs: 320 }}
        />
      }
    >
      <Card>
        <List query={entries} what="The audit log" empty={<Empty title="Nothing was done yet" />}>
          {(items) => (
            <Records
              label="Audit log"
              columns={['When', 'Who', 'What', 'Details', 'From']}
              rows={items.map((entry) => ({ key: entry.id, cells: cellsOf(entry) }))}
            />
          )}
        </List>
      </Card>
    </Page>
  );
}

function cellsOf({ at, actor, action, details, address }: AuditEntry) {
  return [
    <Moment key="at" at={at} />,
    <div key="actor">
      <Text size="sm" fw={600}>
        {actor.name}
      </Text>
      {actor.kind === 'api_key' && (
        <Text size="xs" c="dimmed">
          API key
        </Text>
      )}
    </div>,
    ACTION_WORDS[action] ?? action,
    detailsInWords(details).map((detail) => (
      <Text key={detail} size="sm" c="dimmed">
        {detail}
      </Text>
    )),
    address ?? '—',
  ];
}
