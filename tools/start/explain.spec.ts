import { describe, expect, it } from '@jest/globals';
import { PlainFailure } from '../errors/plain-failure.ts';
import { explain } from './explain.ts';

const refusal = (code: string, path?: string): Error => Object.assign(new Error('refused'), { code, path });

describe('explain', () => {
  it.each([
    ['ENOSPC', 'The disk that /data lies on is full'],
    ['EROFS', '/data lies on a read-only disk'],
    ['EACCES', '/data/ports.json may not be written by this user'],
    ['ENOTDIR', '/data/ports.json is in the way'],
  ])('puts %s into words', (code, words) => {
    const explained = explain(refusal(code, '/data/ports.json'), '/data');
    expect(explained).toBeInstanceOf(PlainFailure);
    expect(String(explained)).toContain(words);
  });

  it('leaves other errors as they are', () => {
    const error = new TypeError('a bug');
    expect(explain(error, '/data')).toBe(error);
  });
});
