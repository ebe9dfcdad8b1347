import { describe, expect, it } from '@jest/globals';
import { waitFor } from './wait-for.js';

describe('waitFor', () => {
  it('answers with the fact as soon as it is there', async () => {
    let asked = 0;
    const fact = await waitFor(() => (++asked === 3 ? { asked } : undefined), { intervalMs: 1 });
    expect(fact).toEqual({ asked: 3 });
  });

  it('takes zero and the empty string for facts, false and null for none', async () => {
    await expect(waitFor(() => 0)).resolves.toBe(0);
    await expect(waitFor(() => '')).resolves.toBe('');
    await expect(waitFor(() => false, { timeoutMs: 20, intervalMs: 1 })).rejects.toThrow(
      'waited 0.02 s for a fact; last: false',
    );
    await expect(waitFor(() => null, { timeoutMs: 20, intervalMs: 1 })).rejects.toThrow('last: null');
  });

  it('counts an error as not yet, and quotes it when time runs out', async () => {
    const refused = waitFor(() => Promise.reject(new Error('connection refused')), {
      timeoutMs: 20,
      intervalMs: 1,
      what: 'the API',
    });
    await expect(refused).rejects.toThrow('waited 0.02 s for the API; last: connection refused');
  });

  it('ends when it is told to', async () => {
    const over = new AbortController();
    const waiting = waitFor(() => false, { signal: over.signal, intervalMs: 1 });
    over.abort(new Error('no longer wanted'));
    await expect(waiting).rejects.toThrow('no longer wanted');
  });

  it('does not hang on a question that is never answered', async () => {
    await expect(waitFor(() => new Promise(() => {}), { timeoutMs: 30 })).rejects.toThrow(
      'the question was not answered',
    );
  });
});
