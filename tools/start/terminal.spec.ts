import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Terminal } from './terminal.ts';

let written = '';

beforeEach(() => {
  written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('Terminal', () => {
  it('keeps a notice on one line, whatever it quotes', () => {
    new Terminal().notice('api', 'warn', 'typed \u001b[2J\u0007by\r\na customer\u0000');
    expect(written).toMatch(/api\s+warn\s+typed by a customer\n$/);
  });

  it('cuts a notice that would fill the screen', () => {
    new Terminal().notice('api', 'error', 'x'.repeat(5_000));
    expect(written.length).toBeLessThan(400);
    expect(written).toContain('…');
  });
});
