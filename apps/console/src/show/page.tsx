import { Container, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface PageProps {
  title: string;
  /** The way here, from the outermost on: "Settings", "Integrations". */
  under?: readonly string[];
  intro?: ReactNode;
  /** What the page is mostly opened for, at the right of its title. */
  actions?: ReactNode;
  /** For tables, which need the room. */
  wide?: boolean;
  children: ReactNode;
}

/** A page's title and measure, in one place. */
export function Page({ title, under = [], intro, actions, wide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Threadline`;
  }, [title]);
  return (
    <Container size={wide ? '80rem' : '56rem'} px={{ base: 'md', sm: 'xl' }} py={{ base: 'lg', sm: 'xl' }}>
      <Group justify="space-between" align="flex-end" mb="lg" gap="sm">
        <Stack gap={4}>
          {under.length > 0 && (
            <Text size="sm" c="dimmed">
              {under.join(' → ')}
            </Text>
          )}
          <Title order={1}>{title}</Title>
          {intro !== undefined && (
            <Text c="dimmed" maw="44rem">
              {intro}
            </Text>
          )}
        </Stack>
        {actions}
      </Group>
      {children}
    </Container>
  );
}
