import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { redisUrl } from './redis-url.js';

describe('redisUrl', () => {
  it('gives each caller an empty database of its own', async () => {
    const one = new Redis(redisUrl());
    const other = new Redis(redisUrl());
    try {
      await one.set('key', 'of one');
      expect(await other.get('key')).toBeNull();
      expect(await other.dbsize()).toBe(0);
    } finally {
      one.disconnect();
      other.disconnect();
    }
  });
});
