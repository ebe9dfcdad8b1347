import { Button } from '@mantine/core';
import { Children, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import classes from './bubbles.module.css';

export interface Bubble {
  id: string;
  author: 'customer' | 'agent' | 'system' | 'bot';
  name?: string;
  text: string;
  sentAt: string;
  attachments?: readonly { name: string; url?: string }[];
}

interface BubblesProps {
  bubbles: readonly Bubble[];
  /** Whose stand at the right. */
  own: 'customer' | 'agent';
  /** On their way to the server. */
  unsent?: readonly Bubble[];
  /** Below them all: what could not be sent. */
  children?: ReactNode;
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const AUTHORS = { customer: 'Customer', agent: 'Agent', system: 'System', bot: 'AI agent' } as const;
/** So many are drawn at once; a long conversation's beginning is drawn on request. */
const AT_ONCE = 200;

/** What was said, the latest at the bottom and in view. */
export function Bubbles({ bubbles, own, unsent = [], children }: BubblesProps) {
  const [drawn, setDrawn] = useState(AT_ONCE);
  const end = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const count = bubbles.length + unsent.length + Children.count(children);
  useLayoutEffect(() => {
    // Whoever scrolled up to read is not pulled away.
    if (isAtEnd.current) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  const sending = unsent.length;
  useLayoutEffect(() => {
    // One's own words are in view, also of whoever had scrolled up.
    if (sending > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [sending]);
  useEffect(() => {
    const element = scroller.current;
    const watch = (): void => {
      if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    element?.addEventListener('scroll', watch, { passive: true });
    // A reply of several lines, or a phone's keyboard, takes room from the end.
    const resized = new ResizeObserver(() => {
      if (isAtEnd.current) end.current?.scrollIntoView({ block: 'end' });
    });
    if (element) resized.observe(element);
    return () => {
      element?.removeEventListener('scroll', watch);
      resized.disconnect();
    };
  }, []);
  const shown = bubbles.slice(-drawn);
  return (
    // Focusable, since a keyboard must be able to scroll it.
    <div className={classes.scroller} ref={scroller} role="log" aria-label="Messages" tabIndex={0}>
      {shown.length < bubbles.length && (
        <Button variant="subtle" size="xs" mx="auto" onClick={() => setDrawn(drawn + AT_ONCE)}>
          Show earlier messages
        </Button>
      )}
      {shown.map((bubble, index) => (
        <Said key={bubble.id} bubble={bubble} before={shown[index - 1]} own={own} />
      ))}
      {unsent.map((bubble) => (
        <Said key={bubble.id} bubble={bubble} before={shown.at(-1)} own={own} isUnsent />
      ))}
      {children}
      <div ref={end} />
    </div>
  );
}

interface SaidProps {
  bubble: Bubble;
  before: Bubble | undefined;
  own: BubblesProps['own'];
  isUnsent?: boolean;
}

function Said({ bubble, before, own, isUnsent = false }: SaidProps) {
  const { author, name, text, sentAt, attachments = [] } = bubble;
  const date = new Date(sentAt);
  const isNewDay = before === undefined || new Date(before.sentAt).toDateString() !== date.toDateString();
  return (
    <>
      {isNewDay && <p className={classes.day}>{DAY.format(date)}</p>}
      <div className={classes.said} data-own={author === own || undefined} data-author={author}>
        <p className={classes.text} dir="auto" data-unsent={isUnsent || undefined}>
          {text}
        </p>
        {attachments.map((attachment) => (
          <Attachment key={attachment.name + attachment.url} {...attachment} />
        ))}
        <p className={classes.about}>
          {author === own ? 'You' : (name ?? AUTHORS[author])}
          {' · '}
          {isUnsent ? 'sending…' : <time dateTime={sentAt}>{TIME.format(date)}</time>}
        </p>
      </div>
    </>
  );
}

/** Only web addresses become links: a message is text from outside. */
function Attachment({ name, url }: { name: string; url?: string }) {
  return url !== undefined && /^https?:\/\//i.test(url) ? (
    <a className={classes.attachment} href={url} target="_blank" rel="noreferrer noopener">
      {name}
    </a>
  ) : (
    <span className={classes.attachment}>{name}</span>
  );
}
