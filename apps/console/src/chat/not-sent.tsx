import { Button, Group } from '@mantine/core';
import type { Bubble } from './bubbles.js';
import classes from './bubbles.module.css';

interface NotSentProps {
  bubble: Bubble & { why: string };
  /** Something may still be sent. */
  isOpen: boolean;
  onAgain: () => void;
  onTakeBack: () => void;
}

/** One's own words that did not get there, with why, and both ways out. */
export function NotSent({ bubble: { text, why }, isOpen, onAgain, onTakeBack }: NotSentProps) {
  return (
    <div className={classes.said} data-own role="alert">
      <p className={classes.text} dir="auto" data-failed>
        {text}
      </p>
      <p className={classes.why}>Not sent. {why}</p>
      <Group gap="xs" justify="flex-end">
        {isOpen && (
          <Button size="compact-sm" variant="default" onClick={onAgain}>
            Send again
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onTakeBack}>
          {isOpen ? 'Edit' : 'Discard'}
        </Button>
      </Group>
    </div>
  );
}
