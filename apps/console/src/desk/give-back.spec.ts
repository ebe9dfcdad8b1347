import { describe, expect, it } from '@jest/globals';
import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { readDraft } from './drafts.js';
import { giveBack } from './give-back.js';

/** What was said to one customer, one after the other, and the end of the session in which it was said. */
class Outbox {
  private readonly client = new QueryClient();
  private readonly answers = new Map<string, PromiseWithResolvers<void>>();
  readonly sent: string[] = [];

  constructor(private readonly userId: string) {}

  say(text: string): Promise<void> {
    const mutations = this.client.getMutationCache();
    this.answers.set(text, Promise.withResolvers());
    const said = new MutationObserver<void, Error, { conversationId: string; id: string; text: string }>(this.client, {
      scope: { id: 'reply to Ada' },
      gcTime: Number.POSITIVE_INFINITY,
      meta: { onForgotten: (forgotten) => giveBack(this.userId, mutations, forgotten) },
      mutationFn: async (reply) => {
        await this.answers.get(reply.text)?.promise;
        this.sent.push(reply.text);
      },
    });
    return said.mutate({ conversationId: 'ada', id: text, text }).catch(() => undefined);
  }

  accept(text: string): void {
    this.answers.get(text)?.resolve();
  }

  refuse(text: string): void {
    this.answers.get(text)?.reject(new Error('refused'));
  }

  forget(): void {
    for (const mutation of this.client.getMutationCache().getAll()) mutation.meta?.onForgotten?.(mutation);
    this.client.clear();
  }

  get draft(): string {
    return readDraft(this.userId, 'ada');
  }
}

describe('replies that are forgotten with a session', () => {
  it('go back to where they were written: what failed and what waited for its turn, in the order of writing', async () => {
    const outbox = new Outbox('of what failed');
    const first = outbox.say('first');
    outbox.refuse('first');
    await first;
    const second = outbox.say('second');
    void outbox.say('third');
    outbox.forget();
    expect(outbox.draft).toBe('first\nthird');
    outbox.refuse('second');
    await second;
    expect(outbox.draft).toBe('first\nsecond\nthird');
  });

  it('but for what was sent, before or after', async () => {
    const outbox = new Outbox('of what was sent');
    const first = outbox.say('first');
    outbox.accept('first');
    await first;
    const second = outbox.say('second');
    outbox.forget();
    outbox.accept('second');
    await second;
    expect(outbox.sent).toEqual(['first', 'second']);
    expect(outbox.draft).toBe('');
  });
});
