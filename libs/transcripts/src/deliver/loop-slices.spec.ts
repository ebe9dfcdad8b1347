import { describe, expect, it } from '@jest/globals';
import type { ClosedConversation } from '../conversations/conversation.js';
import { renderEntries, renderInSteps } from '../render/render-entries.js';
import { scrubConversation, scrubInSteps } from '../scrub/scrub-conversation.js';
import { extractInSteps } from '../summarise/extract-summary.js';
import { LoopSlices } from './loop-slices.js';

const AT = new Date('2026-11-21T10:00:00Z');
const LINE = 'My card is 4111 1111 1111 1111 and my SSN 123-45-6789, see https://a.example/?a=1&b=2 please. ';
const RENDER = { mode: 'transcript', referenceKey: Buffer.alloc(32, 5) } as const;

function conversation(texts: readonly string[]): ClosedConversation {
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: AT,
    closedAt: AT,
    messages: texts.map((text, index) => ({ id: `m${index}`, author: 'customer', text, sentAt: AT, attachments: [] })),
  };
}

function* scrubAndRender(given: ClosedConversation) {
  const { conversation: scrubbed } = yield* scrubInSteps(given);
  return yield* renderInSteps(scrubbed, RENDER);
}

function stops(steps: Generator<void, unknown>): number {
  let count = 0;
  while (steps.next().done !== true) count++;
  return count;
}

function* failing(): Generator<void, never> {
  yield;
  throw new Error('It broke');
}

describe('a transcript of five megabytes', () => {
  const long = conversation(Array.from({ length: 10_000 }, (_, index) => `${index} ${LINE.repeat(5)}`));

  it('lets others at the event loop again and again, and comes out the same', async () => {
    let longest = 0;
    let turns = 0;
    let last = performance.now();
    let isOver = false;
    const turn = (): void => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      turns++;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const before = performance.now();
    const entries = await new LoopSlices().run(scrubAndRender(long));
    const total = performance.now() - before;
    isOver = true;
    // Whole it would be one turn that takes all the time. A slice is 10 ms; a busy machine and a collection stretch some.
    expect(turns).toBeGreaterThan(10);
    expect(longest).toBeLessThan(Math.max(total / 3, 100));
    const atOnce = renderEntries(scrubConversation(long).conversation, RENDER);
    expect(entries.length).toBeGreaterThan(70);
    expect(entries.length).toBe(atOnce.length);
    expect(entries.every(({ body }, index) => body === atOnce[index]?.body)).toBe(true);
  });

  it('stops often enough in between, also where it is one message', () => {
    expect(stops(scrubInSteps(long))).toBeGreaterThan(long.messages.length);
    expect(stops(renderInSteps(long, RENDER))).toBeGreaterThan(long.messages.length);
    const one = conversation([LINE.repeat(50_000)]);
    // Every 16,384 units at the least, five times over: words, digits, formats.
    expect(stops(scrubInSteps(one))).toBeGreaterThan(1_000);
    expect(stops(renderInSteps(one, RENDER))).toBeGreaterThan(70);
    expect(stops(extractInSteps(long))).toBeGreaterThan(900);
  });
});

describe('LoopSlices', () => {
  it('hands on what the work throws', async () => {
    await expect(new LoopSlices().run(failing())).rejects.toThrow('It broke');
  });
});
