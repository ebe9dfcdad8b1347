import { describe, expect, it } from '@jest/globals';
import { newId } from '@app/platform';
import { DemoLinks } from './demo-link.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const links = new DemoLinks('-'.repeat(32));
const link = { tenantId: newId(), conversationId: newId() };

describe('DemoLinks', () => {
  it('opens what it sealed, for a day', () => {
    const token = links.seal(link, NOW);
    expect(token).toMatch(/^[\w-]{94}$/);
    expect(links.open(token, NOW)).toEqual(link);
    expect(links.open(token, new Date(NOW.getTime() + 86_399_000))).toEqual(link);
    expect(links.open(token, new Date(NOW.getTime() + 86_401_000))).toBeUndefined();
  });

  it('opens nothing that was changed, shortened, or sealed with another secret', () => {
    const token = links.seal(link, NOW);
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(links.open(changed, NOW)).toBeUndefined();
    }
    for (const other of ['', 'A', token.slice(4), `${token}AAAA`, new DemoLinks('x'.repeat(32)).seal(link, NOW)]) {
      expect(links.open(other, NOW)).toBeUndefined();
    }
  });
});
