import type { Tone } from './notice.js';
import classes from './pill.module.css';

interface PillProps {
  tone: Tone;
  children: string;
}

/** A state in one word; the colour says the same again. */
export function Pill({ tone, children }: PillProps) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  );
}
