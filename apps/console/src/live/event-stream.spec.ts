import { describe, expect, it } from '@jest/globals';
import { readEvent } from './event-stream.js';

describe('readEvent', () => {
  it('reads what an event is about', () => {
    expect(readEvent('delivery.changed', '{"items":[{"deliveryId":"a","status":"written"}]}')).toEqual({
      kind: 'delivery.changed',
      items: [{ deliveryId: 'a', status: 'written' }],
    });
    expect(readEvent('resync', '{}')).toEqual({ kind: 'resync', items: [] });
  });

  it.each([
    ['an.event.of.tomorrow', '{}'],
    ['message.added', 'not JSON'],
    ['message.added', 'null'],
  ])('passes over what it doesn’t know: %s %s', (name, data) => {
    expect(readEvent(name, data)).toBeUndefined();
  });
});
