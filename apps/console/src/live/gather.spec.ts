import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Gather } from './gather.js';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** Reads that end when the test says so. */
function reads() {
  const asked: string[] = [];
  const ends: (() => void)[] = [];
  const gather = new Gather((keys) => {
    asked.push(keys.map((key) => key.join('/')).join(' '));
    return new Promise<void>((resolve) => ends.push(resolve));
  });
  return { asked, gather, end: () => ends.shift()?.() };
}

describe('what becomes old', () => {
  it('is read at once when it is the first', () => {
    const { asked, gather } = reads();
    gather.add([['deliveries'], ['conversations']]);
    expect(asked).toEqual(['deliveries conversations']);
  });

  it('is read together, each once, when something is being read already, and a moment after that has arrived', async () => {
    const { asked, gather, end } = reads();
    for (let event = 0; event < 1_000; event += 1) gather.add([['deliveries']]);
    gather.add([['hubspot', 'options'], ['contact']]);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(asked).toEqual(['deliveries']);
    end();
    await jest.advanceTimersByTimeAsync(249);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['deliveries', 'deliveries hubspot/options contact']);
  });

  it('is read although something else hangs', async () => {
    const { asked, gather } = reads();
    gather.add([['contact']]);
    gather.add([['conversations']]);
    await jest.advanceTimersByTimeAsync(5_250);
    expect(asked).toEqual(['contact', 'conversations']);
  });

  it('is read at once again after a rest, and not at all after the end', async () => {
    const { asked, gather, end } = reads();
    gather.add([['deliveries']]);
    end();
    await jest.advanceTimersByTimeAsync(250);
    gather.add([['contact']]);
    expect(asked).toEqual(['deliveries', 'contact']);
    gather.add([['hubspot']]);
    gather.end();
    end();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });
});
