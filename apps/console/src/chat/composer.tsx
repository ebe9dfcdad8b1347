import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { Problem } from '../api/problem.js';
import { Refused } from '../show/refused.js';
import classes from './composer.module.css';

interface ComposerProps {
  label: string;
  isPending: boolean;
  problem?: Problem;
  /** Given back when it could not be sent, so that nothing typed is lost. */
  onSend: (text: string, giveBack: () => void) => void;
}

/** Where one writes. Enter sends, Shift and Enter begin a line. */
export function Composer({ label, isPending, problem, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const send = (): void => {
    const written = text.trim();
    if (written === '') return;
    setText('');
    onSend(written, () => setText((since) => (since === '' ? written : `${written}\n${since}`)));
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
          aria-label={label}
          placeholder={label}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
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
