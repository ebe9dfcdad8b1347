import { describe, expect, it } from '@jest/globals';
import { newId } from '@app/platform';
import { DemoLinks } from './demo-link.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const links = new DemoLinks('-'.repeat(32));
const link = {
  tenantId: newId(),
  conversationId: newId(),
  invitedTo: newId(),
  until: new Date('2026-11-22T10:00:00Z'),
};

describe('DemoLinks', () => {
  it('opens what it sealed, until the invitation ends', () => {
    const token = links.seal(link);
    expect(token).toMatch(/^[\w-]{115}$/);
    expect(links.open(token, NOW)).toEqual(link);
    expect(links.open(token, new Date(link.until.getTime() - 1))).toEqual(link);
    expect(links.open(token, link.until)).toBeUndefined();
  });

  it('opens nothing that was changed, shortened, or sealed with another secret', () => {
    const token = links.seal(link);
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(links.open(changed, NOW)).toBeUndefined();
    }
    for (const other of ['', 'A', token.slice(4), `${token}AAAA`, new DemoLinks('x'.repeat(32)).seal(link)]) {
      expect(links.open(other, NOW)).toBeUndefined();
    }
  });
});
