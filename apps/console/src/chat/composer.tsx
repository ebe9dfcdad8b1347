import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Problem } from '../api/problem.js';
import { Refused } from '../show/refused.js';
import classes from './composer.module.css';

interface ComposerProps {
  label: string;
  /** One may write at once: not where that would open a phone's keyboard over what is to be read. */
  takesFocus?: boolean;
  text: string;
  onText: (text: string) => void;
  isPending?: boolean;
  problem?: Problem;
  onSend: (text: string) => void;
}

/** Where one writes. Enter sends, Shift and Enter begin a line. */
export function Composer({
  label,
  takesFocus = false,
  text,
  onText,
  isPending = false,
  problem,
  onSend,
}: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus && globalThis.matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const send = (): void => {
    const written = text.trim();
    if (written === '') return;
    onText('');
    onSend(written);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a character is being composed (Japanese, Chinese), Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {problem !== undefined && <Refused problem={problem} />}
      <div className={classes.row}>
        <Textarea
          ref={field}
          aria-label={label}
          // Short: a name may be long, and what is typed takes its place anyway.
          placeholder="Write a message"
          dir="auto"
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          minRows={1}
          maxRows={6}
          className={classes.text}
        />
        <Button type="submit" loading={isPending && text === ''} disabled={text.trim() === ''}>
          Send
        </Button>
      </div>
    </form>
  );
}

/** What could not be sent, before what was written since: nothing typed is lost. */
export function givenBack(text: string, since: string): string {
  return since === '' ? text : `${text}\n${since}`;
}
