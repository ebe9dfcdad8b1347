import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  title?: string;
  intro?: ReactNode;
  /** At the end, apart from the rest: Save, or what can't be undone. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A surface with a heading: one matter of a page. */
export function Card({ title, intro, footer, children }: CardProps) {
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.body}>
        {(title !== undefined || intro !== undefined) && (
          <Stack gap={4} mb="md">
            {title !== undefined && <Title order={2}>{title}</Title>}
            {intro !== undefined && (
              <Text size="sm" c="dimmed" component="div">
                {intro}
              </Text>
            )}
          </Stack>
        )}
        {children}
      </div>
      {footer !== undefined && <div className={classes.footer}>{footer}</div>}
    </section>
  );
}
