import type { ReactNode } from 'react';
import classes from './notice.module.css';

export type Tone = 'good' | 'wait' | 'bad' | 'idle';

interface NoticeProps {
  tone: Tone;
  title?: string;
  /** `alert` interrupts a screen reader, `status` waits for a pause. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** Something to be told, in one of the four colours that mean something here. */
export function Notice({ tone, title, role, children }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      {title !== undefined && <strong>{title}</strong>}
      {children}
    </div>
  );
}
