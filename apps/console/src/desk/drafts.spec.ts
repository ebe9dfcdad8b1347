import { describe, expect, it } from '@jest/globals';
import { changeDraft, listenToDrafts, readDraft, returnToDraft } from './drafts.js';

describe('a draft', () => {
  it('has what came back in the order of writing, however it came, before what was typed since', () => {
    changeDraft('ada', 'one', 'typed since');
    returnToDraft('ada', 'one', { turn: 2, text: 'second' });
    returnToDraft('ada', 'one', { turn: 1, text: 'first' });
    expect(readDraft('ada', 'one')).toBe('first\nsecond\ntyped since');
    changeDraft('ada', 'one', 'first\nchanged');
    expect(readDraft('ada', 'one')).toBe('first\nchanged');
    returnToDraft('ada', 'one', { turn: 3, text: 'third' });
    expect(readDraft('ada', 'one')).toBe('third\nfirst\nchanged');
  });

  it('is of one person in one conversation', () => {
    changeDraft('grace', 'one', 'mine');
    expect([readDraft('grace', 'two'), readDraft('ada', 'two'), readDraft('mary', 'one')]).toEqual(['', '', '']);
  });

  it('tells where it is shown of what came back, until nobody listens', () => {
    const told: string[] = [];
    const stop = listenToDrafts(() => told.push(readDraft('mary', 'one')));
    returnToDraft('mary', 'one', { turn: 1, text: 'again' });
    changeDraft('mary', 'one', '');
    stop();
    changeDraft('mary', 'one', 'unheard');
    expect(told).toEqual(['again', '']);
  });
});
